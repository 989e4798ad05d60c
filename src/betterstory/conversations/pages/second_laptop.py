"""The web of a second laptop: a card, one sentence at a time, a sentence of one's own, and paper typed in.

It has no database and knows no cards. What is said goes into the inbox file, sealed to home.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import cast

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from betterstory.conversations import voice_codes
from betterstory.conversations.forms.voices import SentenceForm, VoiceCodeForm
from betterstory.conversations.inbox.evening import Evening, the_evening
from betterstory.conversations.inbox.pack import Pack, Sentence
from betterstory.conversations.inbox.told import answers_of_cards
from betterstory.conversations.models import Vote
from betterstory.people.visit import Page, Visit

SAID = {"agree": 1, "not_sure": 0, "disagree": -1}
MARKS = {"a": 1, "p": 0, "d": -1}
HERE = ("127.0.0.1", "::1")
OWN_PAGES = {"same-origin", "none"}  # as browsers say it since 2023


@dataclass(frozen=True)
class Slip:
    """One card on this laptop, and what is to be shown next."""

    code: str
    signed: str
    after: int = 0
    show: int | None = None
    notice: str = ""
    form: SentenceForm | None = None


def at_the_laptop(page: Page) -> Page:
    """Only in the laptop's own browser: phones on the hall's network do not find it."""

    @wraps(page)
    def guarded(request: Visit, *args: object, **kwargs: object) -> HttpResponseBase:
        if not _is_at_desk(request):
            raise Http404
        return page(request, *args, **kwargs)

    return cast(Page, guarded)


def _is_at_desk(request: Visit) -> bool:
    """The laptop's own browser; and what it sends comes from a page of ours, not of another site."""
    if request.META.get("REMOTE_ADDR") not in HERE:
        return False
    return request.method != "POST" or request.headers.get("Sec-Fetch-Site", "none") in OWN_PAGES


# csrf_exempt: no cookie is set here that another site could borrow; the card's code or the slip is asked for
@csrf_exempt
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: Visit, pk: int | None = None) -> HttpResponse:
    """The card's code first; then one sentence at a time."""
    evening = the_evening(settings.INBOX)
    pack = evening.look(request.at)
    if "slip" in request.POST:
        code = evening.read_slip(request.POST["slip"])
        if code is None:
            return _ask_code(request, pack, VoiceCodeForm(), notice=_("Type your code again."), status=422)
        return _carry_on(request, evening, pack, _slip(request, code))
    form = VoiceCodeForm(request.POST or None)
    if not form.is_valid():
        return _ask_code(request, pack, form, status=422 if form.is_bound else 200)
    code = form.cleaned_data["code"]
    if not voice_codes.looks_right(code) and request.POST.get("first") != evening.typed_before(code):
        # no list of cards is here to look it up in; typed the same twice, it is taken
        form.add_error("code", _("There may be a slip in this code. Look at the card and type it once more."))
        return _ask_code(request, pack, form, first=evening.typed_before(code), status=422)
    return _show(request, evening, pack, Slip(code, evening.slip(code)))


def _slip(request: Visit, code: str) -> Slip:
    after, show = (_number(request.POST.get(name)) for name in ("after", "show"))
    return Slip(code, request.POST["slip"], after=after or 0, show=show)


def _carry_on(request: Visit, evening: Evening, pack: Pack, slip: Slip) -> HttpResponse:
    if "words" in request.POST:
        form = SentenceForm(request.POST)
        if not form.is_valid():
            return _show(request, evening, pack, _with(slip, form=form))
        evening.write(slip.code, form.cleaned_data["words"], at=request.at)
        thanks = _("We have your sentence. It goes home with this laptop, and somebody reads it there.")
        return _show(request, evening, pack, _with(slip, notice=thanks))
    if request.POST.get("said") in SAID:
        pk = _number(request.POST.get("statement"))
        sentence = next((each for each in pack.sentences if each.pk == pk), None)
        if sentence is None:
            return _show(
                request, evening, pack, _with(slip, notice=_("This sentence is not asked any more."))
            )
        said = SAID[request.POST["said"]]
        evening.answer(slip.code, sentence, said, at=request.at, channel=Vote.Channel.PHONE)
        slip = _with(slip, after=sentence.number)
    return _show(request, evening, pack, slip)


def _show(request: Visit, evening: Evening, pack: Pack, slip: Slip) -> HttpResponse:
    """The sentence asked for, or the next one that is not answered yet; at the end, thanks."""
    card, sentences = evening.card(slip.code), list(pack.sentences)
    said = {pk: choice for pk, choice in card.answers.items() if any(each.pk == pk for each in sentences)}
    told: dict[str, object] = {"slip": slip, "many": len(sentences), "answered": len(said)}
    sentence = None if slip.form or slip.notice else _pick(sentences, said, slip)
    if sentence is None:
        names = {choice.value: choice.label for choice in Vote.Choice}
        told |= {
            "rows": [(each, names.get(said.get(each.pk, 9), "")) for each in sentences],
            "skipped": len(sentences) - len(said),
            "wrote": bool(card.wrote),
            "form": slip.form or SentenceForm(),
        }
        return _page(request, pack, "second_thanks", told, 422 if slip.form else 200)
    place = sentences.index(sentence)
    told |= {
        "statement": sentence,
        "nth": place + 1,
        "before": sentences[place - 1].number if place else None,
        "chosen": said.get(sentence.pk),
    }
    return _page(request, pack, "second_statement", told)


def _pick(sentences: list[Sentence], said: Mapping[int, int], slip: Slip) -> Sentence | None:
    if slip.show is not None:
        return next((each for each in sentences if each.number >= slip.show), None)
    return next((each for each in sentences if each.pk not in said and each.number > slip.after), None)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Visit) -> HttpResponse:
    """For whoever looks after the laptop: how much is in the file, and what is asked. Phones get the card."""
    if not _is_at_desk(request):
        return redirect("voices:card")
    evening = the_evening(settings.INBOX)
    if request.method == "POST":
        evening.stop_asking(_number(request.POST.get("stop")) or 0, at=request.at)
        return redirect("voices:desk")
    pack, (answers, cards) = evening.look(request.at), evening.counted
    told = {
        "said": answers_of_cards(answers, cards),
        "answers": answers,
        "file": evening.inbox_file,
        "phones": settings.URL.split("://", 1)[-1],
        "ends_at": pack.ends_at,
        "sentences": pack.sentences,
    }
    return _page(request, pack, "second_desk", told)


class PaperForm(forms.Form):
    """One paper sheet: its code, and a letter for each sentence."""

    def __init__(self, *args: object, sentences: tuple[Sentence, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as a form takes them
        self.sentences = sentences
        self.fields["code"] = VoiceCodeForm.base_fields["code"]
        for each in sentences:
            self.fields[f"s{each.pk}"] = forms.CharField(
                required=False,
                label=f"{each.number}. {each.words}",
                max_length=1,
                widget=forms.TextInput(attrs={"class": "typed-mark", "autocomplete": "off"}),
            )

    clean_code: Callable[[], str] = VoiceCodeForm.clean_code  # type: ignore[assignment]  # it reads cleaned_data alone

    def clean(self) -> dict[str, object]:
        told = super().clean() or self.cleaned_data
        for each in self.sentences:
            typed = str(told.get(f"s{each.pk}", "")).lower()
            if typed and typed not in MARKS:
                self.add_error(f"s{each.pk}", _("Type a, p or d, or leave it empty."))
        return told

    @property
    def marks(self) -> list[tuple[Sentence, int]]:
        typed = [(each, str(self.cleaned_data[f"s{each.pk}"]).lower()) for each in self.sentences]
        return [(each, MARKS[letter]) for each, letter in typed if letter]


@csrf_exempt
@at_the_laptop
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Visit) -> HttpResponse:
    """A helper types in one sheet: blank means not seen. Sent twice, it is the same."""
    evening = the_evening(settings.INBOX)
    pack = evening.look(request.at)
    form = PaperForm(request.POST or None, sentences=pack.sentences)
    first = ""
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        first = evening.typed_before(code)
        if voice_codes.looks_right(code) or request.POST.get("first") == first:
            for sentence, said in form.marks:
                evening.answer(code, sentence, said, at=request.at, channel=Vote.Channel.PAPER)
            return redirect("voices:desk")
        form.add_error("code", _("There may be a slip in this code. Look at the card and type it once more."))
    told = {"form": form, "first": first}
    return _page(request, pack, "second_paper", told, 422 if form.is_bound else 200)


def _ask_code(
    request: Visit, pack: Pack, form: VoiceCodeForm, *, notice: str = "", first: str = "", status: int = 200
) -> HttpResponse:
    return _page(request, pack, "second_card", {"form": form, "notice": notice, "first": first}, status)


def _with(slip: Slip, **more: object) -> Slip:
    return Slip(**{**slip.__dict__, **more})


def _number(typed: str | None) -> int | None:
    """A number from a form; None where there is none. Raises Http404 where it is no number of ours."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 9:
        raise Http404
    return int(typed)


def _page(
    request: Visit, pack: Pack, name: str, told: Mapping[str, object], status: int = 200
) -> HttpResponse:
    about = {"gathering": pack, "place": {"name": pack.place}, "is_desk": request.META["REMOTE_ADDR"] in HERE}
    return render(request, f"conversations/{name}.html", {**about, **told}, status=status)
