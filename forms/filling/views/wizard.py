"""The pages of a form, on formtools' wizard over a draft.

Its storage is a draft, its list of forms is the path that a run of the answers gives; a page is what its address
says. Each POST saves and then leads on; a GET writes nothing. A request runs the form once and builds one page.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from formtools.wizard.views import NamedUrlWizardView

from forms.answers.answers import Answers, Key
from forms.codes.lookup import remembered_choices
from forms.definitions.models import Audience
from forms.filling.actions import DraftClosedError, LostRaceError, SaveAnswers
from forms.filling.actions.locking import run_draft
from forms.filling.bases import read_bases
from forms.filling.places import Place, find_place, step_in_address
from forms.filling.showing import conflict_rows, open_comments, page_context
from forms.filling.state import state_of
from forms.filling.step_form import StepForm
from forms.filling.uploads import store_uploads
from forms.filling.verbs import do_verb
from forms.filling.views.access import actor, closed, find_draft, held_back, refuse, typed_of, wants_json
from forms.filling.widgets import html_name
from forms.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from forms.filling.models import Draft
    from forms.filling.storage import DraftStorage
    from forms.run.outcome import Outcome

#: The length of a page's own sign.
WRITER = 12


class FillingWizard(NamedUrlWizardView):
    """One page of a form that is being filled in."""

    storage_name = "forms.filling.storage.DraftStorage"
    template_name = "forms/filling/step.html"
    storage: DraftStorage
    draft: Draft
    place: Place

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        draft = find_draft(request, kwargs["uuid"], to_change=request.method == "POST")
        if draft is None:
            return refuse(request)
        self.draft = request.draft = draft  # type: ignore[attr-defined]
        if not draft.is_open:
            return closed(request, draft)
        if request.method == "POST" and (held := held_back(request, draft)):
            return held
        with remembered_choices():
            response = super().dispatch(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
        return response

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Return the draft's uuid: no two fillings share anything."""
        return str(kwargs["uuid"])

    @cached_property
    def answers(self) -> Answers:
        return self.draft.answers

    @property
    def outcome(self) -> Outcome:
        """Return the run of the answers; after saving it is the one that the saving made."""
        if self.storage.outcome is None:
            self.storage.outcome = run_draft(self.draft, self.answers)
        return self.storage.outcome

    def get_form_list(self) -> OrderedDict[str, type[StepForm]]:
        """Return the steps on the path."""
        return OrderedDict((name, StepForm) for name in self.outcome.path)

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> StepForm:
        """Return the page: empty of data it shows the draft, with data it reads what was sent."""
        return StepForm(
            self.place,
            None if data is not None else self.answers,
            None if data is not None else self.outcome,
            data=data,
            user=actor(self.request),
            files={str(file.pk): file for file in self.draft.files.all()}
            if data is None and self._has_files
            else {},
            comments=open_comments(self.draft) if data is None else None,
            checked="check" in self.request.GET,
            about_oneself=self.draft.version.form.audience == Audience.PUBLIC,
        )

    @property
    def _has_files(self) -> bool:
        return any(kind_of(question).files for question in self.place.questions)

    def get_step_url(self, step: str) -> str:
        return reverse("forms_fill", kwargs={"uuid": self.draft.pk, "step": step_in_address(step)})

    # Reading a page

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not kwargs.get("step"):
            return redirect(self.resume_url())
        place = self._find_place()
        if place is None:
            return self._item_is_gone()
        self.place = place
        self.storage.current_step = place.step.name
        if place.step.name not in self.outcome.path:
            return redirect(f"{self.resume_url()}?off={step_in_address(place.step.name)}")
        return self.render(self.get_form())

    def _find_place(self) -> Place | None:
        at = {key: self.kwargs.get(key, "") for key in ("roster", "item", "inner", "inner_item")}
        step = self.kwargs["step"]
        if all(step_in_address(one.name) != step for one in self.draft.version.document.steps):
            raise Http404
        # A step's own page is there without answers; while they are saved they are not loaded before the lock.
        answers = self.answers if at["item"] else Answers()
        return find_place(self.draft.version.document, answers, step, **at)

    def _item_is_gone(self) -> HttpResponse:
        """Lead to the step of an item that somebody has removed."""
        return redirect(
            f"{reverse('forms_fill', kwargs={'uuid': self.draft.pk, 'step': self.kwargs['step']})}?gone=1"
        )

    def resume_url(self) -> str:
        """Return where to go on: the first step on the path that was not finished, or the check."""
        path = self.outcome.path
        unfinished = [
            step for step in path if step not in self.draft.visited or self.outcome.errors_of_step(step)
        ]
        if unfinished:
            return self.get_step_url(unfinished[0])
        return reverse("forms_check", kwargs={"uuid": self.draft.pk})

    def get_context_data(self, form: StepForm, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(form=form, **kwargs)
        return {**context, **page_context(self, form)}

    # Writing a page

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save what was sent, whether or not it is right, then go where the button says."""
        if not self.kwargs.get("step"):
            return redirect(self.resume_url())
        place = self._find_place() or self._removed_place()
        if place is None:
            return self._item_is_gone()
        self.place = place
        self.storage.current_step = place.step.name
        go = self.request.POST.get("go", "next")
        form = self.get_form(data=self.request.POST)
        try:
            problems = self._save(form, go)
        except LostRaceError as race:
            return self._show_race(form, race)
        except DraftClosedError:
            self.draft.refresh_from_db()
            return closed(self.request, self.draft)
        self.draft = self.storage.draft
        self.__dict__["answers"] = self.outcome.answers
        if wants_json(self.request):
            return JsonResponse(state_of(self, problems))
        return redirect(do_verb(self, go, problems))

    def _removed_place(self) -> Place | None:
        """Return the page of an item that was removed meanwhile and can be put back: typing into it does so."""
        item = self.kwargs.get("item", "")
        kept = next((one for one in self.draft.removed if one["item"] == item), None)
        if kept is None or self.kwargs.get("inner_item"):
            return None
        answers = self.answers.copy()
        answers.rosters.setdefault((kept["parent"], kept["roster"]), []).append(item)
        at = {key: self.kwargs.get(key, "") for key in ("roster", "item")}
        return find_place(self.draft.version.document, answers, self.kwargs["step"], **at)

    def _save(self, form: StepForm, go: str) -> dict[str, list[str]]:
        """Store the files and save the answers; return what is wrong with files, by question name."""
        uploaded, problems = store_uploads(self.draft, form, self.request, actor(self.request))
        changes = form.changes() | uploaded
        dropped = self._decided(changes, "theirs")
        finished = go not in {"autosave", "back", "later", "stay"} and not self.place.items
        self.storage.set_step_data(
            self.place.step.name,
            SaveAnswers(
                self.draft,
                _number(self.request.POST.get("revision")),
                {key: mine for key, mine in changes.items() if key not in dropped},
                user=actor(self.request),
                bases=self._bases(form),
                forced=self._decided(changes, "mine"),
                step=self.place.step.name if finished else "",
                writer=self.request.POST.get("writer", "")[:WRITER],
            ),
        )
        return problems

    def _bases(self, form: StepForm) -> dict[Key, str]:
        """Return the fingerprints that the page was made with, by key."""
        sent = read_bases(self.request.POST.get("bases", ""))
        return {
            (self.place.item, field.question.name): sent[name]
            for name, field in form.questions.items()
            if name in sent
        }

    def _decided(self, changes: Iterable[Key], whose: str) -> set[Key]:
        """Return the keys of which the person has decided a conflict for "mine" or "theirs"."""
        decided = {n for n, said in self.request.POST.items() if n.startswith("keep:") and said == whose}
        return {key for key in changes if f"keep:{html_name(key[1])}" in decided} if decided else set()

    def _show_race(self, form: StepForm, race: LostRaceError) -> HttpResponse:
        """Let the person choose; the page carries all that she has typed."""
        rows = conflict_rows(self, race.conflicts)
        if wants_json(self.request):
            return JsonResponse({"problem": "race", "revision": race.revision, "conflicts": rows}, status=409)
        context = {
            "draft": self.draft,
            "place": self.place,
            "conflicts": rows,
            "revision": race.revision,
            "typed": [
                (k, v) for k, v in typed_of(self.request) if k != "revision" and not k.startswith("keep:")
            ],
            "go": self.request.POST.get("go", "next"),
        }
        return render(self.request, "forms/filling/race.html", context, status=409)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
