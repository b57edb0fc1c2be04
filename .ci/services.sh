# Functions of .ci/run: what a fresh Debian or Ubuntu lacks, and the services that the tests use.
PGDIR="" ESPID="" ESLOG=""

packages_install() {
  local wanted=(chromium fonts-noto-cjk poppler-utils postgresql postgresql-client openjdk-17-jdk-headless maven) missing=()
  for name in "${wanted[@]}"; do dpkg -s "$name" >/dev/null 2>&1 || missing+=("$name"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  export DEBIAN_FRONTEND=noninteractive
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  apt-get update -q
  apt-get -o DPkg::Lock::Timeout=600 install -y -q --no-install-recommends "${missing[@]}"
}

# The server refuses to run as root, so root hands it to the user postgres.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

postgres_start() {
  PGBIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  PGDIR=$(mktemp -d /tmp/pg.XXXXXX)
  if [ "$(id -u)" = 0 ]; then chown postgres "$PGDIR"; fi
  chmod 711 "$PGDIR"
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  as_postgres "$PGBIN/initdb" -D "$PGDIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$PGDIR.log" 2>&1
  as_postgres "$PGBIN/pg_ctl" -D "$PGDIR/data" -w -t 60 -l "$PGDIR/log" start >>"$PGDIR.log" 2>&1 \
    -o "-p $port -k $PGDIR -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  export POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
}

# A real Elasticsearch from the published jars; the first start builds it with Maven, beside what goes on meanwhile.
elasticsearch_begin() {
  ESLOG=$(mktemp /tmp/es.XXXXXX)
  ES_PORT=0 ES_HEAP=512m ES_HOME="$DATA_DIR/elasticsearch" JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1 \
    tests/elasticsearch/run.sh >"$ESLOG" 2>"$ESLOG.err" &
  ESPID=$!
}

elasticsearch_wait() {
  for _ in $(seq 1 600); do
    if grep -q '^READY' "$ESLOG"; then
      export ELASTICSEARCH_URL=$(awk '/^READY/ {print $2}' "$ESLOG")
      return 0
    fi
    kill -0 "$ESPID" 2>/dev/null || break
    sleep 0.5
  done
  cat "$ESLOG" "$ESLOG.err" >&2
  return 1
}

services_stop() {
  if [ -n "$ESPID" ]; then kill "$ESPID" 2>/dev/null || true; rm -f "$ESLOG" "$ESLOG.err"; fi
  if [ -n "$PGDIR" ]; then
    as_postgres "$PGBIN/pg_ctl" -D "$PGDIR/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$PGDIR" "$PGDIR.log"
  fi
  ESPID="" PGDIR=""
  unset ELASTICSEARCH_URL POSTGRES_URL
}
