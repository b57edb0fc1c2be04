# ruff: noqa: S104
"""Messages never go inside the house, however the address is dressed up, and never take long."""

import socket
import threading
import time
from ipaddress import ip_address

import pytest
from django.core.exceptions import ValidationError

from cms.webhooks import addresses, transport
from cms.webhooks.addresses import is_forbidden
from cms.webhooks.models import Webhook
from cms.webhooks.transport import RefusedAddress, check_address, post

INSIDE = [
    "127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "0.0.0.0", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "192.0.0.192", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1",
    "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::", "::7f00:1", "fec0::1",
    "2001:db8::1", "2001:0:a00:1::f5ff:fffe",
]  # fmt: skip
#: What no setting opens.
CLOSED = ["169.254.169.254", "fd00:ec2::254", "224.0.0.1", "0.0.0.0", "100.100.100.200"]
OUTSIDE = ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", INSIDE)
def test_inside_addresses_are_forbidden(address):
    assert is_forbidden(ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside_addresses_are_allowed(address):
    assert not is_forbidden(ip_address(address))


@pytest.mark.parametrize("address", CLOSED)
def test_no_setting_opens_metadata_and_groups(address, settings):
    settings.WEBHOOK_ALLOWED_PRIVATE_HOSTS = ["portal.lan"]
    assert is_forbidden(ip_address(address), "portal.lan")


def test_a_named_host_may_be_private(settings):
    settings.WEBHOOK_ALLOWED_PRIVATE_HOSTS = ["portal.lan"]
    assert not is_forbidden(ip_address("192.168.1.1"), "Portal.lan.")
    assert is_forbidden(ip_address("192.168.1.1"), "other.lan")


def names(host, *found):
    """A name server that answers these addresses for the host, one list of them for each question."""
    answers, real = iter(found), socket.getaddrinfo

    def getaddrinfo(name, port, *args, **kwargs):
        if name != host:
            return real(name, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    return getaddrinfo


def test_one_inside_address_among_outside_ones_refuses_the_host(monkeypatch):
    monkeypatch.setattr(addresses.socket, "getaddrinfo", names("mixed.example", ["8.8.8.8", "10.0.0.1"]))
    answer = post("https://mixed.example/", b"{}", {})
    assert answer.status is None
    assert answer.duration_ms < 1000


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://", "https://user:pw@example.org/",
        "https://example.org/#a", "https://example.org:22/", "https://example.org:25/", "https://[fe80::1%25eth0]/",
        "https://exa mple.org/", "https://example.org:99999/", "javascript:alert(1)", "", "https://127.0.0.1/",
        "https://2130706433/", "https://0x7f.1/", "https://[::ffff:127.0.0.1]/", "https://localhost/",
    ],
)  # fmt: skip
def test_strange_and_inside_urls_are_refused(url):
    with pytest.raises(RefusedAddress):
        check_address(url)


def test_the_form_says_it_at_the_field():
    with pytest.raises(ValidationError) as caught:
        Webhook(name="内网", url="https://127.0.0.1/", kinds=[], sealed_secret="x").clean()
    assert "url" in caught.value.message_dict


def test_the_checked_address_is_the_one_that_is_called(receiver, settings, monkeypatch):
    """A second answer of the name server (DNS rebinding) changes nothing: there is no second question."""
    settings.WEBHOOK_ALLOWED_PRIVATE_HOSTS = ["rebind.example"]
    server = names("rebind.example", ["127.0.0.1"])  # a second question would raise StopIteration
    monkeypatch.setattr(addresses.socket, "getaddrinfo", server)
    port = receiver.url.split(":")[2].split("/")[0]
    assert post(f"http://rebind.example:{port}/", b"{}", {}).ok
    assert receiver.requests[0][1]["Host"] == f"rebind.example:{port}"


def test_the_next_address_is_tried_when_one_takes_no_connection(receiver, settings, monkeypatch):
    settings.WEBHOOK_ALLOWED_PRIVATE_HOSTS = ["two.example"]
    server = names("two.example", ["127.0.0.2", "127.0.0.1"])
    monkeypatch.setattr(addresses.socket, "getaddrinfo", server)
    port = receiver.url.split(":")[2].split("/")[0]
    assert post(f"http://two.example:{port}/", b"{}", {}).ok
    assert len(receiver.requests) == 1


def test_proxies_of_the_environment_are_not_used(receiver, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert post(receiver.url, b"{}", {}).ok


def serve_once(behave):
    """A raw server for one connection; returns its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        line, _ = listener.accept()
        try:
            behave(line)
        except OSError:
            pass
        finally:
            line.close()
            listener.close()

    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


def test_a_dripping_receiver_is_cut_off(receiver, monkeypatch):
    monkeypatch.setattr(transport, "TOTAL_SECONDS", 0.6)

    def drip(line):
        line.recv(1000)
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            line.sendall(b"X-%d: a\r\n" % number)
            time.sleep(0.1)

    started = time.monotonic()
    answer = post(f"http://127.0.0.1:{serve_once(drip)}/", b"{}", {})
    assert time.monotonic() - started < 3
    assert answer.status is None
    assert answer.error


def test_a_huge_answer_is_not_read(receiver):
    sent = []

    def flood(line):
        line.recv(1000)
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(400):
            line.sendall(b"a" * 65536)
            sent.append(1)

    assert post(f"http://127.0.0.1:{serve_once(flood)}/", b"{}", {}).ok
    assert len(sent) < 400


def test_garbage_and_refusals_are_answers_not_errors(receiver):
    assert post(f"http://127.0.0.1:{serve_once(lambda line: line.sendall(b'nonsense'))}/", b"{}", {}).error
    assert post("http://127.0.0.1:1/", b"{}", {}).error


def test_a_certificate_of_somebody_else_is_refused(receiver, tmp_path):
    """TLS is checked against the name, though the connection goes to the number."""
    port = serve_once(lambda line: line.recv(1000) and line.sendall(b"HTTP/1.1 200 OK\r\n\r\n"))
    assert post(f"https://127.0.0.1:{port}/", b"{}", {}).status is None
