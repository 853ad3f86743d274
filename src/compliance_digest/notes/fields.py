"""The fields of a note's front matter: one model, which is the contract with those who write notes."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from compliance_digest.notes.forms import (
    Address,
    AddressAlone,
    AliasOrList,
    AnOutcome,
    AStatus,
    Country,
    Day,
    FieldsAlone,
    Fines,
    Language,
    ListAlone,
    OrAddress,
    Slug,
    Switch,
    Tags,
    Text,
    TextList,
    TextOrList,
    When,
)


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFields(_Fields):
    """A source with more than an address."""

    url: Address = Field(description="The source's address.")
    title: Text | None = Field(None, description="What the source is called.")
    archive: Address | None = Field(None, description="The address of a copy in a web archive.")


class UpdateFields(_Fields):
    """A correction or a later event."""

    date: Day = Field(description="The day of the correction or the event.")
    note: Text = Field(description="What was corrected, or what happened.")


class NoteFields(_Fields):
    """All that the front matter of a note may hold."""

    title: Text = Field(description="The headline.")
    date: When = Field(
        description="The day of the action. With a time, the site's time zone decides the day.",
        examples=["2024-09-30", "2024-09-30T14:00:00+02:00"],
    )
    tags: Tags = Field(
        default_factory=list, description="Topics of the whole note.", examples=[["personal_data", "fine"]]
    )
    links: Annotated[list[Annotated[SourceFields, AddressAlone, OrAddress]], ListAlone] = Field(
        default_factory=list,
        description="Sources; the first is the primary one.",
        examples=[["https://www.cnil.fr/en/health-data-cegedim-sante-fined-eu800000"]],
    )
    authority: Text | None = Field(
        None,
        description="Who acted: id or name of a known authority, or free text. Absent: taken from the primary source's "
        "host, where that is a known authority's.",
        examples=["cnil"],
    )
    country: Country | None = Field(
        None, description="ISO 3166-1 alpha-2, or EU. Absent: the authority's.", examples=["FR", "EU"]
    )
    organisation: TextOrList = Field(default_factory=list, description="Whom the action was directed against.")
    fine: Fines = Field(
        default_factory=list,
        description="An amount and an ISO 4217 currency, or a list of these.",
        examples=["800000 EUR", {"amount": 800000, "currency": "EUR"}],
    )
    outcome: AnOutcome | None = Field(
        None, description="What was decided. Absent: fine where there is a fine, or the tag fine."
    )
    articles: TextList = Field(
        default_factory=list, description="Legal basis.", examples=[["GDPR 5(1)(e)", "ePrivacy 5(3)"]]
    )
    status: AStatus | None = Field(None, description="What became of it. Absent: not stated.")
    case: Text | None = Field(None, description="The authority's own number.")
    sector: Text | None = Field(None, description="The sector in which the organisation works.")
    summary: Text | None = Field(
        None, description="One or two sentences. Absent: the first passage's, cut at a sentence."
    )
    updates: Annotated[list[Annotated[UpdateFields, FieldsAlone]], ListAlone] = Field(
        [], description="Corrections and later events."
    )
    slug: Slug | None = Field(
        None, description="The last part of the address. Absent: the file's name without a leading date."
    )
    aliases: AliasOrList = Field(
        default_factory=list, description="Old addresses, which then lead to this one.", examples=["/old/page/"]
    )
    id: Text | None = Field(None, description="What the feeds know the note by. Absent: the file's name.")
    lang: Language | None = Field(
        None, description="The note's language, by BCP 47. Absent: the site's.", examples=["fr", "pt-BR"]
    )
    draft: Switch = Field(
        False,  # noqa: FBT003
        description="Whether the note is not published yet.",
    )
