"""Attacks on pictures, documents and their files."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.media.models import SiteDocument, SiteImage
from tests.cms.tenancy.attacks.base import (
    EDITOR,
    Attack,
    admin,
    tells,
    v3,
)
from tests.cms.tenancy.world import World
from tests.factories import make_news
from tests.factories.media import png_bytes


def list_uploads(kind: str) -> Attack:
    """The authoring API lists school B's uploads to school A."""
    return lambda world: tells(v3(world, "GET", f"/{kind}/?limit=20"))


def list_uploads_without_a_token(world: World) -> bool:
    lists = [Client().get(f"/api/v3/{kind}/?limit=20") for kind in ("images", "documents")]
    return any(map(tells, lists))


def list_pages_without_a_token(world: World) -> bool:
    return Client().get("/api/v3/pages/").status_code == 200


def open_anothers_file(world: World) -> bool:
    """A stranger opens the files of a draft."""
    return any(
        Client().get(thing.file.url if isinstance(thing, SiteImage) else thing.url).status_code == 200
        for thing in (world.b.image, world.b.document)
    )


def open_a_file_past_the_view(world: World) -> bool:
    names = [world.b.image.file.name, world.b.document.file.name]
    return any(
        Client().get(f"/{start}/{name}").status_code == 200
        for start in ("media", "documents", "images")
        for name in names
    )


def upload_into_b(world: World) -> bool:
    theirs = world.b.school.media.collection
    data = {"files[]": SimpleUploadedFile("f.txt", b"x", "text/plain"), "collection": theirs.pk, "title": "x"}
    world.client(EDITOR).post(
        reverse("wagtaildocs:add_multiple"), data, headers={"x-requested-with": "XMLHttpRequest"}
    )
    return SiteDocument.objects.filter(collection=theirs).count() > 1


def move_a_picture_to_b(world: World) -> bool:
    data = {"title": "x", "collection": world.b.school.media.collection_id, "consent": "given"}
    admin(world, "wagtailimages:edit", world.a.image.pk, data=data)
    return SiteImage.objects.get(pk=world.a.image.pk).collection == world.b.school.media.collection


def delete_a_public_picture(world: World) -> bool:
    make_news(world.a.school, picture=world.a.image)
    admin(world, "wagtailimages:delete", world.a.image.pk, data={})
    return not SiteImage.objects.filter(pk=world.a.image.pk).exists()


def replace_a_public_picture(world: World) -> bool:
    make_news(world.a.school, picture=world.a.image)
    file = SimpleUploadedFile("p.png", png_bytes(colour="red"), "image/png")
    data = {"title": "x", "consent": "no_people", "collection": world.a.image.collection_id, "file": file}
    admin(world, "wagtailimages:edit", world.a.image.pk, data=data)
    return SiteImage.objects.get(pk=world.a.image.pk).file_hash != world.a.image.file_hash
