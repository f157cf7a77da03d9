"""Web addresses in normal form, and the network addresses that are closed."""

from __future__ import annotations

import ipaddress

import pytest

from isnad.ingest.addresses import is_public, parse_address


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.1.1",
        "127.8.8.8",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:a00:1::",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    """Private, local and reserved networks are closed, also inside IPv6."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_that_are_public(address: str) -> None:
    """The public network is open, also through NAT64."""
    assert is_public(ipaddress.ip_address(address))


def test_addresses_have_one_normal_form() -> None:
    """Arabic letters, case, default ports and fragments do not make two addresses of one."""
    given = ["HTTP://Site.example:80/خبر?q=س#x", "http://site.example/%d8%ae%D8%A8%D8%B1?q=%D8%B3"]
    assert {str(parse_address(text)) for text in given} == {"http://site.example/%D8%AE%D8%A8%D8%B1?q=%D8%B3"}
