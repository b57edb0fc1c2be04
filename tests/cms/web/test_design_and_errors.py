"""The library of components documents itself; error pages stand whatever is broken."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.test import RequestFactory

from cms.pages.blocks import BodyBlock
from cms.web import errors
from cms.web.design import PARTS, component_files, describe
from cms.web.design_examples import EXAMPLES

CSS = Path(settings.BASE_DIR) / "templates" / "static" / "css"


@pytest.mark.parametrize("name", component_files())
def test_every_component_says_what_it_is_and_takes(name):
    assert describe(name).about


def test_every_component_is_shown_with_an_example():
    assert set(component_files()) - PARTS == set(EXAMPLES)


def test_every_block_of_a_body_has_its_template():
    for name, block in BodyBlock().child_blocks.items():
        assert block.meta.template == f"design/blocks/{name}.html"
        assert f"blocks/{name}.html" in component_files()


@pytest.mark.django_db
def test_the_library_is_not_indexed(client):
    response = client.get("/design/")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert 'content="noindex' in response.content.decode()


def test_server_error_needs_no_database():
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "网站暂时出现问题" in response.content.decode()


def test_server_error_stands_when_templates_are_broken(monkeypatch):
    def broken(*args, **kwargs):
        raise TemplateDoesNotExist("500.html")

    monkeypatch.setattr(errors, "render_to_string", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()


def test_colours_and_sizes_stand_in_the_tokens_alone():
    """Print sheets use ink colours of their own; everything else takes colours from tokens.css."""
    for sheet in CSS.glob("*.css"):
        if sheet.name in {"tokens.css", "print.css"}:
            continue
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[;\s])", sheet.read_text()), sheet.name


def test_dark_scheme_has_every_colour_of_the_light_one():
    text = (CSS / "tokens.css").read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    colours = set(re.findall(r"(--[a-z-]+): #", light))
    assert colours == set(re.findall(r"(--[a-z-]+): #", dark))


def _contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_and_brand_stand_out_from_their_grounds(scheme):
    part = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")[scheme]
    colour = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part))
    for ground in ("paper", "ground", "ground-deep"):
        assert _contrast(colour["ink"], colour[ground]) >= 7
        assert _contrast(colour["brand"], colour[ground]) >= 7
        assert _contrast(colour["quiet"], colour[ground]) >= 4.5
    for state in ("brand", "caution", "accent"):
        assert _contrast(colour[state], colour[f"{state}-ground"]) >= 4.5
    assert _contrast(colour["line-strong"], colour["paper"]) >= 3
