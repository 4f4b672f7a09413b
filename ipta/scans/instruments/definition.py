"""Reading a definition: a Questionnaire of FHIR R4. What is not understood is refused, with the place and the reason.

An extension that is not known stays in the file and does nothing, as FHIR says; what would change the meaning (a
modifier, anything that reckons, a pattern) is never passed over. Source: FHIR R4, Questionnaire and its constraints.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from ipta.scans.instruments import schema
from ipta.scans.instruments.faults import Fault, NotUnderstood, _
from ipta.scans.instruments.opening import Json, of_kind, opened
from ipta.scans.instruments.questions import VOICE, WITH_OPTIONS, WITHOUT_ANSWER, Condition, Item, Option, Questionnaire
from ipta.scans.instruments.values import KIND_OF, KINDS, ORDERED, Coding, NoValue, Value, read_value

MOST_ITEMS: Final = 1_000
MOST_OPTIONS: Final = 500
MOST_TO_TAP: Final = (
    10_000  # answers of all questions together: a list that is named a thousand times stands there so often
)
LONGEST_ID: Final = 255
LONGEST_WAIT: Final = 50  # questions that wait for each other one after the other, with the groups they lie in
NOT_ASKED: Final = {
    "attachment": _("Een bestand vragen kan hier niet. Papieren gaan apart in het dossier."),
    "reference": _("Verwijzen naar iets buiten de vragenlijst kan hier niet."),
}
OPERATORS: Final = frozenset({"exists", "=", "!=", ">", "<", ">=", "<="})
MEASURING: Final = frozenset({">", "<", ">=", "<="})
WITH_LENGTH: Final = frozenset({"boolean", "decimal", "integer", "string", "text", "url", "open-choice"})
OPTION_KINDS: Final = frozenset({"Integer", "Date", "Time", "String", "Coding"})
WHAT_IS_SAID: Final = {"DateTime": {"DateTime", "Date"}, "Decimal": {"Decimal", "Integer"}}

_HL7: Final = "http://hl7.org/fhir/StructureDefinition/"
_SDC: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
_MEANS: Final = f"{_HL7}valueset-concept-definition"
_WEIGHTS: Final = (f"{_HL7}itemWeight", f"{_HL7}ordinalValue", f"{_HL7}questionnaire-ordinalValue")
_CHANGES_MEANING: Final = {
    f"{_HL7}regex": _("Een patroon voor antwoorden kan hier niet."),
    f"{_HL7}questionnaire-constraint": _("Regels tussen antwoorden kunnen hier niet."),
    f"{_HL7}targetConstraint": _("Regels tussen antwoorden kunnen hier niet."),
    f"{_HL7}questionnaire-unitOption": _("Kiezen tussen eenheden kan hier niet."),
    f"{_HL7}questionnaire-unitValueSet": _("Kiezen tussen eenheden kan hier niet."),
    f"{_HL7}questionnaire-signatureRequired": _("Een handtekening vragen kan hier niet."),
    f"{_SDC}unitOpen": _("Kiezen tussen eenheden kan hier niet."),
    f"{_SDC}answerOptionsToggleExpression": _("Antwoorden die komen en gaan, kunnen hier niet."),
    f"{_SDC}openLabel": _("Een eigen naam voor het open antwoord kan hier niet."),
    f"{_SDC}subQuestionnaire": _("Vragen uit een andere vragenlijst kunnen hier niet."),
}
_UNDERSTOOD: Final = {  # an extension of an item -> the value it must have
    f"{_HL7}questionnaire-itemControl": "CodeableConcept",
    f"{_HL7}questionnaire-unit": "Coding",
    f"{_HL7}questionnaire-hidden": "Boolean",
    f"{_HL7}questionnaire-sliderStepValue": "Integer",
    f"{_HL7}questionnaire-minOccurs": "Integer",
    f"{_HL7}questionnaire-maxOccurs": "Integer",
    f"{_HL7}minLength": "Integer",
    f"{_HL7}maxDecimalPlaces": "Integer",
}


def read(content: bytes) -> Questionnaire:
    """What this file asks. Raises `NotUnderstood` with every place and reason."""
    return read_definition(opened(content, "Questionnaire"))


def read_definition(found: Json) -> Questionnaire:
    """The same of a definition that is JSON already."""
    of_kind(found, "Questionnaire")
    if _count(found) > MOST_ITEMS:
        raise NotUnderstood([Fault("item", _("Er staan te veel vragen in. Hooguit 1000 kan."))])
    if faults := schema.faults_of(found, "Questionnaire"):
        raise NotUnderstood(faults)
    reading = _Reading(found)
    asked = reading.questionnaire()
    faults = reading.faults or [*_lost(asked), *_circles(asked), *_endless(asked)]
    if faults:
        raise NotUnderstood(faults)
    return asked


def _count(found: Any) -> int:
    """How many items, whatever else may be wrong with them."""
    items = found.get("item") if isinstance(found, dict) else None
    return sum(1 + _count(each) for each in items) if isinstance(items, list) else 0


class _Reading:
    """One definition, of which the schema had nothing to say, and what is wrong with it all the same."""

    def __init__(self, found: Json) -> None:
        self.found = found
        self.faults: list[Fault] = []
        self.seen: set[str] = set()
        self.sets: dict[str, tuple[Option, ...]] = {}  # lists of answers that come along, by how an item names them
        self.link_id = ""  # of the item in hand

    def fault(self, where: str, reason: str, about: str = "") -> None:
        self.faults.append(Fault(where, reason, self.link_id, about))

    def questionnaire(self) -> Questionnaire:
        found = self.found
        if "implicitRules" in found:
            self.fault("implicitRules", _("Regels die elders staan, kunnen we niet volgen."), found["implicitRules"])
        self.meaning({name: value for name, value in found.items() if name not in {"item", "contained"}}, "")
        self.contained()
        if not found.get("item"):
            self.fault("item", _("Er staat geen enkele vraag in."))
        items = self.items(found, "")
        self.link_id = ""
        if not found.get("url") and not found.get("id"):
            self.fault("url", _("Zonder url weet niemand welke vragenlijst dit is."))
        if {"|", "#"} & set(found.get("url", "")):
            self.fault("url", _("In de url kan geen | of # staan: daarachter komt de versie."), found["url"])
        return Questionnaire(
            url=found.get("url") or f"urn:ipta:questionnaire:{found.get('id', '')}",
            version=found.get("version", ""),
            name=found.get("name", ""),
            title=found.get("title", ""),
            status=found.get("status", "unknown"),
            publisher=found.get("publisher", ""),
            copyright=found.get("copyright", ""),
            voices=tuple(each.get("code", "") for each in found.get("code", []) if each.get("system") == VOICE),
            ages=_ages(found),
            items=items,
            source=found,
        )

    # --- what may not be passed over ----------------------------------------------------------------------------

    def meaning(self, found: Any, where: str) -> None:
        """Refuse what changes the meaning, wherever it stands in this part of the definition."""
        if isinstance(found, list):
            for number, value in enumerate(found):
                self.meaning(value, f"{where}[{number}]")
        elif isinstance(found, dict):
            if found.get("modifierExtension"):
                self.fault(
                    f"{where}.modifierExtension".lstrip("."), _("Dit verandert de betekenis, en we kennen het niet.")
                )
            if "valueExpression" in found:
                about = str(found["valueExpression"].get("expression", ""))
                self.fault(where, _("Hier rekent de vragenlijst zelf iets uit. Dat kan hier niet."), about)
            elif found.get("url") in _CHANGES_MEANING:
                self.fault(where, _CHANGES_MEANING[found["url"]])
            for name, value in found.items():
                self.meaning(value, f"{where}.{name}".lstrip("."))

    # --- lists of answers that come along -----------------------------------------------------------------------

    def contained(self) -> None:
        for number, each in enumerate(self.found.get("contained", [])):
            where = f"contained[{number}]"
            if each.get("resourceType") != "ValueSet":
                self.fault(where, _("Alleen lijsten met antwoorden kunnen meekomen."), str(each.get("resourceType")))
            elif faults := schema.faults_of(each, "ValueSet", where):
                self.faults += faults
            else:
                self.meaning(each, where)
                self.sets[f"#{each.get('id')}"] = self.options(self.concepts(each, where), where)

    def concepts(self, found: Json, where: str) -> list[Json]:
        """The answers of a list, as options. Only what stands there in full: nobody is asked over the line."""
        compose = found.get("compose", {})
        if expansion := found.get("expansion", {}).get("contains"):
            parts = [(f"{where}.expansion.contains", "", expansion)]
            if any("contains" in each or each.get("abstract") or each.get("inactive") for each in expansion):
                self.fault(f"{where}.expansion", _("Alleen een platte lijst met antwoorden kan."))
        else:
            parts = []
            for number, include in enumerate(compose.get("include", [])):
                here = f"{where}.compose.include[{number}]"
                if not include.get("concept") or "valueSet" in include or "filter" in include:
                    self.fault(here, _("De antwoorden moeten er zelf in staan."))
                parts.append((f"{here}.concept", include.get("system", ""), include.get("concept", [])))
            if "exclude" in compose:
                self.fault(f"{where}.compose.exclude", _("De antwoorden moeten er zelf in staan."))
        if not any(concepts for _here, _system, concepts in parts):
            self.fault(where, _("De antwoorden moeten er zelf in staan."))
        return [
            {
                "valueCoding": {"system": each.get("system", system), **_kept(each, "code", "display", "version")},
                "extension": each.get("extension", []),
                "where": f"{here}[{number}]",
            }
            for here, system, concepts in parts
            for number, each in enumerate(concepts)
        ]

    # --- items --------------------------------------------------------------------------------------------------

    def items(self, found: Json, where: str) -> tuple[Item, ...]:
        inside = found.get("item", [])
        return tuple(self.item(each, f"{where}.item[{number}]".lstrip(".")) for number, each in enumerate(inside))

    def item(self, found: Json, where: str) -> Item:
        self.link_id = found.get("linkId", "")
        if not self.link_id.strip() or len(self.link_id) > LONGEST_ID:
            self.fault(where, _("Deze vraag heeft geen linkId, of een te lange."))
        elif self.link_id in self.seen:
            self.fault(f"{where}.linkId", _("Deze linkId staat er al."))
        self.seen.add(self.link_id)
        self.meaning({name: value for name, value in found.items() if name != "item"}, where)
        link_id, kind = self.link_id, found.get("type", "")
        if kind in NOT_ASKED:
            self.fault(f"{where}.type", NOT_ASKED[kind])
        elif kind not in KIND_OF and kind not in WITHOUT_ANSWER:
            self.fault(f"{where}.type", _("Zo'n vraag kennen we niet."), kind)
        made = self.made(found, kind, where)
        self.shape(found, kind, made, where)
        inside = self.items(found, where)
        self.link_id = link_id
        return Item(**made, items=inside)

    def made(self, found: Json, kind: str, where: str) -> dict[str, Any]:
        known = self.extensions(found, where)
        conditions = tuple(
            condition
            for number, each in enumerate(found.get("enableWhen", []))
            if (condition := self.condition(each, f"{where}.enableWhen[{number}]"))
        )
        return {
            "link_id": self.link_id,
            "kind": kind,
            "text": found.get("text", ""),
            "prefix": found.get("prefix", ""),
            "codes": tuple(Coding(*(each.get(n, "") for n in ("system", "code", "display", "version")))
                           for each in found.get("code", [])),
            "is_required": found.get("required", False),
            "is_repeated": found.get("repeats", False),
            "is_read_only": found.get("readOnly", False),
            "max_length": self.count(found.get("maxLength"), f"{where}.maxLength"),
            "minimum": self.bound(found, "minValue", kind, where),
            "maximum": self.bound(found, "maxValue", kind, where),
            "options": self.answers(found, where),
            "initial": self.values(found.get("initial", []), kind, f"{where}.initial"),
            "conditions": conditions,
            "needs_all": found.get("enableBehavior", "all") == "all",
            **known,
        }  # fmt: skip

    def shape(self, found: Json, kind: str, made: dict[str, Any], where: str) -> None:
        """What FHIR asks of an item besides its schema."""
        for reason in [*_wrong_kind(found, kind), *_wrong_answers(found, kind, made), *_wrong_numbers(made)]:
            self.fault(where, reason)

    def extensions(self, found: Json, where: str) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for number, each in enumerate(found.get("extension", [])):
            kind = _UNDERSTOOD.get(each["url"])
            if kind and f"value{kind}" not in each:
                self.fault(
                    f"{where}.extension[{number}]",
                    _("Deze uitbreiding heeft geen waarde die erbij hoort."),
                    each["url"],
                )
            elif kind:
                said[each["url"].removeprefix(_HL7)] = each[f"value{kind}"], f"{where}.extension[{number}]"
        coding = said.get("questionnaire-itemControl", ({}, ""))[0].get("coding", [{}])[0]
        unit = said.get("questionnaire-unit", (None, ""))[0]
        numbers = {
            "step": "questionnaire-sliderStepValue",
            "min_times": "questionnaire-minOccurs",
            "max_times": "questionnaire-maxOccurs",
            "min_length": "minLength",
            "max_decimals": "maxDecimalPlaces",
        }
        return {
            "control": coding.get("code", ""),
            "unit": Coding(*(unit.get(n, "") for n in ("system", "code", "display"))) if unit else None,
            "is_hidden": said.get("questionnaire-hidden", (False, ""))[0],
            **{name: self.count(*said.get(url, (None, ""))) for name, url in numbers.items()},
        }

    def count(self, said: Any, where: str) -> int | None:
        if said is None:
            return None
        if not isinstance(said, int) or said < 0:
            self.fault(where, _("Hier hoort een heel getal, nul of meer."), str(said))
            return None
        return said

    def bound(self, found: Json, name: str, kind: str, where: str) -> Value | None:
        for number, each in enumerate(found.get("extension", [])):
            if each["url"] == f"{_HL7}{name}":
                here = f"{where}.extension[{number}]"
                value = self.value(each, here, {KIND_OF[kind]} if kind in KIND_OF else set())
                if value and value.kind not in ORDERED:
                    self.fault(here, _("Dit antwoord kan niet groter of kleiner zijn."))
                return value
        return None

    def answers(self, found: Json, where: str) -> tuple[Option, ...]:
        """To choose from: those that stand here, or those of the list it names."""
        reference = found.get("answerValueSet", "")
        if reference and reference not in self.sets:
            reason = _("Deze lijst met antwoorden zit niet in het bestand. Zet hem erbij (contained).")
            self.fault(f"{where}.answerValueSet", reason, reference)
        said = [each | {"where": f"{where}.answerOption[{n}]"} for n, each in enumerate(found.get("answerOption", []))]
        return self.options(said, where) + self.sets.get(reference, ())

    def options(self, said: Sequence[Json], where: str) -> tuple[Option, ...]:
        if len(said) > MOST_OPTIONS:
            self.fault(where, _("Er zijn te veel antwoorden om uit te kiezen. Hooguit 500 kan."))
            return ()
        options = [option for each in said if (option := self.option(each))]
        names = [
            option.value.content.name if isinstance(option.value.content, Coding) else option.value
            for option in options
        ]
        if len(set(names)) < len(names):
            self.fault(where, _("Twee antwoorden zijn hetzelfde."))
        return tuple(options)

    def option(self, found: Json) -> Option | None:
        where = found["where"]
        value = self.value(found, where, OPTION_KINDS)
        if value is None:
            return None
        inner = found.get("valueCoding", {}).get("extension", [])
        by_url = {each["url"]: each for each in [*found.get("extension", []), *inner]}
        weights = [self.weight(by_url[url], where) for url in _WEIGHTS if url in by_url]
        return Option(
            value=value,
            weight=weights[0] if weights else None,
            prefix=by_url.get(f"{_HL7}questionnaire-optionPrefix", {}).get("valueString", ""),
            is_initial=found.get("initialSelected", False),
            is_exclusive=by_url.get(f"{_HL7}questionnaire-optionExclusive", {}).get("valueBoolean", False),
            text=by_url.get(_MEANS, {}).get("valueString", ""),
        )

    def weight(self, found: Json, where: str) -> Decimal | None:
        value = self.value(found, where, {"Decimal"})
        return Decimal(str(value.content)) if value else None

    def condition(self, found: Json, where: str) -> Condition | None:
        operator = found.get("operator", "")
        if operator not in OPERATORS or not found.get("question"):
            self.fault(where, _("Deze voorwaarde kennen we niet."), operator)
            return None
        value = self.value(found, where, set(KINDS), "answer")
        return Condition(found["question"], operator, value) if value else None

    def values(self, found: Sequence[Json], kind: str, where: str) -> tuple[Value, ...]:
        wanted = WHAT_IS_SAID.get(KIND_OF.get(kind, ""), {KIND_OF.get(kind, "")})
        wanted = wanted | {"String"} if kind == "open-choice" else wanted
        made = [self.value(each, f"{where}[{number}]", wanted) for number, each in enumerate(found)]
        return tuple(value for value in made if value)

    def value(self, found: Json, where: str, wanted: set[str] | frozenset[str], prefix: str = "value") -> Value | None:
        try:
            read = read_value(found, prefix)
        except NoValue as fault:
            self.fault(where, str(fault))
            return None
        if read is None:
            self.fault(where, _("Hier hoort precies één waarde."))
        elif read[1].kind not in wanted:
            self.fault(f"{where}.{read[0]}", _("Deze waarde past niet bij de vraag."))
        else:
            return read[1]
        return None


# The numbers are those of the constraints of FHIR R4.


def _wrong_kind(found: Json, kind: str) -> Iterator[str]:
    if kind == "group" and not found.get("item"):
        yield _("Een groep zonder vragen heeft niets te vragen.")  # que-1
    if kind == "display" and any(found.get(n) for n in ("item", "required", "repeats", "readOnly", "maxLength")):
        yield _("Een tekst tussen de vragen vraagt niets.")  # que-1, que-6, que-9
    if kind in WITHOUT_ANSWER and "initial" in found:
        yield _("Hier wordt niets gevraagd, dus er kan ook geen antwoord klaarstaan.")  # que-8
    if "maxLength" in found and kind not in WITH_LENGTH:
        yield _("Dit antwoord heeft geen lengte.")  # que-10
    if len(found.get("enableWhen", [])) > 1 and "enableBehavior" not in found:
        yield _("Zeg of alles moet gelden of één ervan genoeg is (enableBehavior).")  # que-12


def _wrong_answers(found: Json, kind: str, made: dict[str, Any]) -> Iterator[str]:
    lists = [name for name in ("answerOption", "answerValueSet") if name in found]
    if kind not in WITH_OPTIONS and lists:
        yield _("Alleen een keuzevraag heeft antwoorden om uit te kiezen.")  # que-5
    if len(lists) > 1:
        yield _("De antwoorden staan er twee keer.")  # que-4
    if kind == "choice" and not lists:
        yield _("Bij deze keuzevraag is er niets te kiezen.")
    if "initial" in found and "answerOption" in found:
        yield _("Zet bij het antwoord zelf dat het klaarstaat (initialSelected).")  # que-11
    offered = [option.value for option in made["options"]]
    if kind == "choice" and not all(any(value.is_as(each) for each in offered) for value in made["initial"]):
        yield _("Het antwoord dat klaarstaat, is er niet bij.")
    ready = [*made["initial"], *(option for option in made["options"] if option.is_initial)]
    if len(ready) > 1 and not made["is_repeated"]:
        yield _("Er kan maar één antwoord klaarstaan.")  # que-13


def _wrong_numbers(made: dict[str, Any]) -> Iterator[str]:
    least, most = made["min_times"] or 0, made["max_times"]
    if not made["is_repeated"] and (most or 1) > 1:
        yield _("Er kunnen er meer dan één zijn (maxOccurs), maar repeats staat uit.")
    if most is not None and least > most:
        yield _("Er moeten er meer zijn dan er kunnen zijn.")
    low, high = made["minimum"], made["maximum"]
    if low and high and low > high:
        yield _("Het kleinste antwoord is groter dan het grootste.")


def _ages(found: Json) -> tuple[Decimal | None, Decimal | None]:
    """For whom it was made, in years, as FHIR says it (useContext)."""
    for each in found.get("useContext", []):
        if each.get("code", {}).get("code") == "age":
            ends = [each.get("valueRange", {}).get(end, {}) for end in ("low", "high")]
            low, high = (
                Decimal(str(end["value"])) if end.get("code") == "a" and "value" in end else None for end in ends
            )
            return low, high
    return None, None


def _kept(found: Json, *names: str) -> Json:
    return {name: found[name] for name in names if name in found}


# --- what depends on what -----------------------------------------------------------------------------------------


def _conditions(asked: Questionnaire) -> Iterator[tuple[Item, Condition, Item | None]]:
    for item in asked.all():
        for condition in item.conditions:
            yield item, condition, asked.by_link.get(condition.question)


def _lost(asked: Questionnaire) -> list[Fault]:
    """Conditions on what is not asked, or on an answer that cannot be given there."""
    faults = []
    for item, condition, question in _conditions(asked):
        if question is None or not question.has_answer:
            reason = _("Deze voorwaarde gaat over een vraag die er niet is.")
        elif condition.operator == "exists":
            reason = "" if condition.value.kind == "Boolean" else _("Bij exists hoort ja of nee (answerBoolean).")
        elif not _can_be_said(question, condition.value):
            reason = _("Dit antwoord kan op die vraag niet gegeven worden.")
        elif condition.operator in MEASURING and condition.value.kind not in ORDERED:
            reason = _("Dit antwoord kan niet groter of kleiner zijn.")
        else:
            reason = ""
        if reason:
            faults.append(Fault("enableWhen", reason, item.link_id, condition.question))
    return faults


def _can_be_said(question: Item, value: Value) -> bool:
    kinds = {option.value.kind for option in question.options} or {KIND_OF[question.kind]}
    if question.kind == "open-choice":
        kinds = kinds | {"String"}
    if value.kind == "Coding" and question.kind == "choice":
        return question.option(value) is not None
    return any(value.kind in WHAT_IS_SAID.get(kind, {kind}) for kind in kinds)


def _endless(asked: Questionnaire) -> list[Fault]:
    """More to choose from than any page can show."""
    if sum(len(item.options) for item in asked.all()) <= MOST_TO_TAP:
        return []
    return [Fault("item", _("Bij elkaar zijn er te veel antwoorden om uit te kiezen. Hooguit 10000 kan."))]


def _circles(asked: Questionnaire) -> list[Fault]:
    """Questions of which each waits for the other: nobody could say which is asked."""
    waits = {item.link_id: [*asked.above[item.link_id][-1:]] for item in asked.all()}
    for item, condition, _question in _conditions(asked):
        waits[item.link_id].append(condition.question)
    free: set[str] = set()  # items that in the end wait for nothing
    for _round in range(LONGEST_WAIT):
        free |= {one for one, others in waits.items() if one not in free and free.issuperset(others)}
    return [
        Fault("enableWhen", _("Deze vragen wachten op elkaar, of er wachten er te veel na elkaar."), item.link_id)
        for item in asked.all()
        if item.link_id not in free
    ]
