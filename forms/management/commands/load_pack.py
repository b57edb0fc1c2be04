"""`load_pack`: install a pack of registers, forms and code lists, or bring it up to date."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from forms.packs.actions import LoadPack
from forms.packs.reading import Pack, PackError

SAID = {"new": "新装入", "changed": "已更新", "same": "没有变化", "kept": "本地已修改，保留不动"}
KINDS = {"codes": "代码表", "register": "台账", "form": "表单"}


class Command(BaseCommand):
    """Load packs by name (such as left_behind_children), or by the path of a folder."""

    help = "Installs or upgrades packs: left_behind_children, divisions, or the path of a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("packs", nargs="+", metavar="PACK")
        parser.add_argument(
            "--overwrite", action="store_true", help="also replace forms that were changed here"
        )

    def handle(self, *args: Any, packs: list[str], overwrite: bool, **options: Any) -> None:
        try:
            for name in packs:
                for kind, part, result in LoadPack(Pack.named(name), overwrite).execute():
                    self.stdout.write(f"{KINDS[kind]} {part}：{SAID[result]}")
        except PackError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
