"""Drives the product in a browser as its users do: who, on which day, which page, what is typed, what is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

from dayu.cases.models import Case, CaseParty
from dayu.core import clock
from dayu.core.events import deliver_due


class RefusedOnPage(AssertionError):
    """The page answered with refusals; the message holds what it said."""


@dataclass
class Journey:
    """One matter on its way through the browser. Each user keeps a signed-in page of their own."""

    sign_in: Callable[..., Page]
    pages: dict[str, Page] = field(default_factory=dict)
    case_pk: int = 0

    def on(self, day: date, hour: int = 9) -> None:
        """Move the test's clock; what events have to tell has been told by then."""
        self.settle()
        clock.move_to(clock.legal_moment(day, hour))

    def settle(self) -> None:
        """Let the worker deliver what is due."""
        while deliver_due(clock.now()):
            pass

    def page(self, who: str) -> Page:
        """The page of a user, signed in through the sign-in form the first time."""
        if who not in self.pages:
            self.pages[who] = self.sign_in(who)
        return self.pages[who]

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case.objects.get(pk=self.case_pk)

    @property
    def party(self) -> CaseParty:
        """Its first party as it stands."""
        return CaseParty.objects.filter(case_id=self.case_pk).order_by("position").first()  # type: ignore[return-value]

    def act(self, who: str, act: str, **fields: Any) -> Page:
        """Do an act of the case on its own page; it must be accepted."""
        query = f"?party={self.party.pk}" if self.party else ""
        return self.form(who, f"/cases/{self.case_pk}/acts/{act}/{query}", fields)

    def try_act(self, who: str, act: str, **fields: Any) -> str:
        """Try an act that must be refused; answers what the page says."""
        try:
            self.act(who, act, **fields)
        except RefusedOnPage as refused:
            return str(refused)
        raise AssertionError(f"{act} was not refused")

    def form(self, who: str, path: str, fields: Mapping[str, Any], *, button: str = "", to: str = "") -> Page:
        """Open a page, fill in its form, press its button. Where a page has many forms, `to` is where the form goes."""
        page = self.page(who)
        page.goto(path)
        form = self._form_with(page, list(fields), button, to)
        for name, value in fields.items():
            self._fill(form, name, value)
        submit = form.get_by_role("button", name=button) if button else form.locator("button[type=submit], button:not([type])")
        with page.expect_navigation() as navigation:
            submit.first.click()
        if navigation.value is not None and navigation.value.status >= 400:
            raise RefusedOnPage(f"{path}: {navigation.value.status} {page.locator('main').inner_text()}")
        self.settle()
        return page

    def press(self, who: str, path: str, button: str, to: str) -> None:
        """Press a button whose form answers within the page, without leaving it."""
        page = self.page(who)
        if not page.url.endswith(path):
            page.goto(path)
        form = self._form_with(page, [], button, to)
        with page.expect_response(lambda r: to in r.url and r.request.method == "POST") as answer:
            form.get_by_role("button", name=button).first.click()
        if answer.value.status >= 400:
            raise RefusedOnPage(f"{path}: {answer.value.status} {answer.value.text()[:1500]}")
        page.wait_for_load_state()
        self.settle()

    def _form_with(self, page: Page, names: list[str], button: str, to: str) -> Locator:
        forms = page.locator("main form[method=post]" + (f"[action$='{to}']" if to else ""))
        for number in range(forms.count()):
            form = forms.nth(number)
            if all(form.locator(f"[name='{n}']").count() for n in names) and (
                not button or form.get_by_role("button", name=button).count()
            ):
                return form
        raise RefusedOnPage(f"{page.url}: no form with {names}: {page.locator('main').inner_text()[:1500]}")

    def _fill(self, form: Locator, name: str, value: Any) -> None:
        field_ = form.locator(f"[name='{name}']")
        kind = field_.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            field_.first.select_option(value)
        elif kind in ("radio", "checkbox"):
            wanted = value if isinstance(value, (list, tuple)) else [value]
            if wanted == [True]:
                field_.first.check()
                return
            for item in wanted:
                form.locator(f"[name='{name}'][value='{item}']").check()
        else:
            field_.first.fill(str(value))
