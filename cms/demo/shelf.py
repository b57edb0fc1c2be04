"""The demo's pictures and documents: made when first asked for, once for each school or the bureau."""

from __future__ import annotations

from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.demo.drawing import draw
from cms.demo.files import make_file
from cms.demo.records import read
from cms.media.models import Consent, SiteDocument, SiteImage
from cms.media.pictures_in import clean_picture
from cms.schools.models import School

_TITLES = {
    "hills": "远山",
    "campus": "校园",
    "field": "操场",
    "books": "书架",
    "lamp": "灯火",
    "letters": "信箱",
    "garden": "劳动园",
    "bridge": "石桥",
    "kites": "风筝",
}


class Shelves:
    """Everything drawn and written so far; a shelf is one owner's view of it."""

    def __init__(self) -> None:
        self.pictures: dict[tuple[int | None, str], SiteImage] = {}
        self.documents: dict[tuple[int | None, str], SiteDocument] = {}
        self.drawn: dict[str, bytes] = {}
        self.files = {record.get("key"): record for record in read("files")}

    def of(self, school: School | None) -> OwnShelf:
        return OwnShelf(self, school)


class OwnShelf:
    """The shelf of one school, or of the bureau."""

    def __init__(self, shelves: Shelves, school: School | None) -> None:
        self.shelves = shelves
        self.school = school
        self.owner = school.pk if school else None
        self.collection = school.media.collection if school else Collection.get_first_root_node()

    def picture(self, name: str) -> SiteImage:
        """Return the picture of `scene seed`, for example `campus 3`."""
        key = (self.owner, name)
        if key not in self.shelves.pictures:
            scene, _space, seed = name.partition(" ")
            if name not in self.shelves.drawn:
                self.shelves.drawn[name] = draw(scene, seed)
            content = ContentFile(self.shelves.drawn[name], name="p.png")
            self.shelves.pictures[key] = SiteImage.objects.create(
                title=f"插画：{_TITLES[scene]}",
                file=clean_picture(content, f"{scene}.png"),
                collection=self.collection,
                consent=Consent.NO_PEOPLE,
                credit="心桥县教育局",
            )
        return self.shelves.pictures[key]

    def document(self, name: str) -> SiteDocument:
        """Return the document of this key of `data/files.txt`."""
        key = (self.owner, name)
        if key not in self.shelves.documents:
            record = self.shelves.files[name]
            content = ContentFile(make_file(record), name=f"{name}.{record.get('kind')}")
            self.shelves.documents[key] = SiteDocument.objects.create(
                title=record.title, file=content, collection=self.collection
            )
        return self.shelves.documents[key]
