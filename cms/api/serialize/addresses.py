"""Addresses in answers are absolute, so that a client on another host can use them as they are."""

from __future__ import annotations

from django.http import HttpRequest


def base_of(request: HttpRequest) -> str:
    """Return scheme and host of the request, for example https://www.example.cn."""
    return f"{request.scheme}://{request.get_host()}"


def page_path(url_path: str) -> str:
    """Return the public path of a page: `/home/news/x/` is served at `/news/x/`.

    The site has one root, the home page, which stands right below the tree's root; its slug is cut off.
    """
    return url_path[url_path.index("/", 1) :]


def absolute(base: str, address: str) -> str:
    """Return the address with the host before it, unless it has one (files may live on another)."""
    return f"{base}{address}" if address.startswith("/") and not address.startswith("//") else address
