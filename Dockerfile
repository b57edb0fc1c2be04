# The site and the worker are the same image with another command.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.lock .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --create-home --uid 10001 xinqiao && mkdir -p /data && chown xinqiao /data
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app/site:/app DATA_DIR=/data PRODUCTION=1 PYTHONUNBUFFERED=1
# The compiled catalogue and the compressed static files belong to the image, not to its data.
RUN SECRET_KEY=build FORMS_KEYS=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= FORMS_BLIND_KEY=build PRODUCTION=0 DATA_DIR=/tmp/build STATIC_ROOT=/app/static \
    sh -c 'python manage.py catalog && python manage.py collectstatic --noinput -v 0' && rm -rf /tmp/build
ENV STATIC_ROOT=/app/static
USER xinqiao
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=4s --start-period=40s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", \
     "xinqiao.wsgi:application"]
