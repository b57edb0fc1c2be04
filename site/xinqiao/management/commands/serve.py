"""`serve`: the whole site in the foreground, as `make run` starts it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from xinqiao import catalog, statics
from xinqiao.supervisor import Supervisor


class Command(BaseCommand):
    """Bring the database and static files up to date, then run web server and worker until Ctrl-C."""

    help = "Prepares everything and runs web server and worker together."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument(
            "--demo", action="store_true", help="load the demo content once, and print its log-ins"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor = Supervisor(options["host"], options["port"], options["workers"])
        if not supervisor.port_is_free():
            raise CommandError(f"端口 {options['port']} 已被占用，请换一个：make run PORT=8001")
        self.prepare(supervisor.url, demo=options["demo"])
        supervisor.start()
        if not supervisor.wait_until_ready():
            supervisor.stop()
            raise CommandError("网站没有启动成功，请查看上面的日志。")
        self.greet(supervisor.url, demo=options["demo"])
        raise SystemExit(supervisor.wait())

    def prepare(self, url: str, *, demo: bool) -> None:
        """Do what must be done before the first request; each step is quick when it was done before."""
        catalog.compile_catalog()
        self.stdout.write("正在准备数据库……")
        call_command("migrate", verbosity=0, interactive=False)
        statics.collect_when_changed()
        if demo:
            call_command("demo_load", stdout=self.stdout)

    def greet(self, url: str, *, demo: bool) -> None:
        """Say where the site is and who may log in."""
        self.stdout.write(self.style.SUCCESS(f"\n心桥已启动：{url}/"))
        self.stdout.write(f"  管理后台  {url}/admin/\n  接口文档  {url}/api/v1/docs\n  按 Ctrl-C 停止。")
        if demo:
            self.stdout.write("\n演示账号：")
            call_command("demo_accounts", "--short", stdout=self.stdout)
        self.stdout.flush()
