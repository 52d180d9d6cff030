"""Background work: jobs with progress, and a schedule. The queue itself is `django-tasks` (database by default).

    @task()
    def export_ledger(progress_id: int, …): ...

`JobProgress` shows a person how far their long work is; `ScheduledJob` remembers when a periodic function last ran.
Periodic functions take `now` as an argument and are registered with `@every(minutes=…)`.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor

log = logging.getLogger(__name__)


class JobProgress(models.Model):
    """进度: long work that somebody started, may leave, and finds again."""

    title = models.CharField(_("名称"), max_length=160)
    account_id = models.BigIntegerField(_("发起人"), null=True)
    total = models.PositiveIntegerField(_("总数"), default=0)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    failures = models.JSONField(_("失败明细"), default=list)  # [{"row": 7, "reason": "…"}]
    result = models.CharField(_("结果文件"), max_length=64, blank=True)  # digest of a StoredFile
    result_name = models.CharField(_("结果文件名"), max_length=160, blank=True)
    error = models.TextField(_("错误"), blank=True)
    started_at = models.DateTimeField(_("开始"))
    finished_at = models.DateTimeField(_("结束"), null=True)

    class Meta:
        app_label = "core"
        verbose_name = _("进度")
        verbose_name_plural = _("进度")

    def __str__(self) -> str:
        return self.title


class ScheduledJob(models.Model):
    """定时任务: when a periodic function last ran and how that went."""

    name = models.CharField(_("名称"), max_length=160, unique=True)
    last_run_at = models.DateTimeField(_("上次运行"), null=True)
    next_run_at = models.DateTimeField(_("下次运行"))
    error = models.TextField(_("错误"), blank=True)

    class Meta:
        app_label = "core"
        verbose_name = _("定时任务")
        verbose_name_plural = _("定时任务")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function that runs again and again."""

    name: str
    interval: timedelta
    function: Callable[..., None]


_periodic: dict[str, Periodic] = {}


def every(*, minutes: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run `function(now=…)` every so many minutes."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        name = f"{function.__module__}.{function.__qualname__}"
        _periodic[name] = Periodic(name, timedelta(minutes=minutes), function)
        return function

    return decorate


def run_due(now: datetime) -> list[str]:
    """Run the periodic functions that are due; answers their names. Called by the scheduler of `dayu serve`."""
    ran = []
    for periodic in _periodic.values():
        row, _created = ScheduledJob.objects.get_or_create(name=periodic.name, defaults={"next_run_at": now})
        if row.next_run_at > now or not _claim(row, now, periodic.interval):
            continue
        ran.append(periodic.name)
        try:
            periodic.function(now=now)
            error = ""
        except Exception:  # one failing job must not stop the schedule; the error stays visible
            log.exception("periodic job %s failed", periodic.name)
            error = traceback.format_exc()[-4000:]
        ScheduledJob.objects.filter(pk=row.pk).update(error=error)
    return ran


def _claim(row: ScheduledJob, now: datetime, interval: timedelta) -> bool:
    claimed = ScheduledJob.objects.filter(pk=row.pk, next_run_at=row.next_run_at).update(
        next_run_at=now + interval, last_run_at=now
    )
    return claimed == 1


def start_progress(title: str, *, actor: Actor, total: int, moment: datetime) -> JobProgress:
    """A new progress record that the person's page polls."""
    return JobProgress.objects.create(title=title, account_id=actor.account_id, total=total, started_at=moment)


def report_progress(
    progress: JobProgress, *, done: int, failures: list[dict[str, object]] | None = None
) -> None:
    """Say how far the work is; failed rows are named with their reason."""
    with transaction.atomic():
        progress.done = done
        if failures is not None:
            progress.failures = failures
        progress.save(update_fields=["done", "failures"])


def finish_progress(
    progress: JobProgress, *, moment: datetime, result: str = "", result_name: str = "", error: str = ""
) -> None:
    """The work ended, well or with an error in words."""
    progress.result, progress.result_name, progress.error, progress.finished_at = result, result_name, error, moment
    progress.save(update_fields=["result", "result_name", "error", "finished_at"])
