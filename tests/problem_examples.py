"""An example of each problem that the program tells of, for docs/problems.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.notes.helpers import note_with
from tests.projects import settings

if TYPE_CHECKING:
    from tests.projects import Files

NOTE = "content/note.md"
FOLDER = "my-digest"
"""Stands for the project's folder, where a command is given it."""
HOST = "http://regulator.example"
"""Stands for the address of a web server that has an example's pages."""


@dataclass(frozen=True)
class Example:
    """A project that has a problem, the command that tells of it, what the problem means, and what to do."""

    about: str
    cure: str
    files: Files
    command: tuple[str, ...] = ("check",)
    links: dict[str, str] = field(default_factory=dict)
    """Symbolic links, and what they lead to."""
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Pages at `HOST`: by their paths, what `Web.page` is given."""


def fields(about: str, cure: str, *lines: str) -> Example:
    """Return an example of a note with these lines of front matter."""
    return Example(about, cure, {NOTE: note_with(*lines, body="- Text.  #cookies")})


def link(about: str, cure: str, **page: Any) -> Example:
    """Return an example of a note whose source answers like this."""
    text = note_with(f"links: [{HOST}/decision]", body="- Text.  #cookies")
    pages = {"/decision": page, "/2024/decision": {}}
    return Example(about, cure, {NOTE: text}, ("check", "--links"), pages=pages)


def body(about: str, cure: str, text: str, **more: str | bytes) -> Example:
    """Return an example of a note with this text."""
    return Example(about, cure, {NOTE: note_with(body=f"{text}  #cookies"), **more})


def file(about: str, cure: str, text: str | bytes, path: str = NOTE) -> Example:
    """Return an example of a file that is no note."""
    return Example(about, cure, {path: text})


def project(about: str, cure: str, toml: str, *lines: str) -> Example:
    """Return an example of settings, beside a note with these lines of front matter."""
    return Example(about, cure, {"digest.toml": toml, NOTE: note_with(*lines, body="- Text.  #cookies")})


def two(about: str, cure: str, *lines: str, path: str = "content/other.md", **more: str) -> Example:
    """Return an example of two notes with the same lines of front matter."""
    text = note_with(*lines, body="- Text.  #cookies")
    other = note_with(*lines, *(f"{name}: {value}" for name, value in more.items()), body="- Text.  #cookies")
    return Example(about, cure, {NOTE: text, path: other})


EXAMPLES: dict[str, Example] = {
    "ambiguous-authority": fields(
        "Several authorities have this name, and nothing says which is meant.",
        "Write the id of one of them, or give the country.",
        "authority: CNPD",
    ),
    "attachment-kind": body(
        "A note may bring along documents, tables and images, and nothing that a browser could run.",
        "Put the file into another form, or link to it elsewhere.",
        "[the program](tool.exe)",
        **{"content/tool.exe": b"MZ"},
    ),
    "bad-alias": fields(
        "An alias is an old address inside the site, which then leads to the note.",
        "Write the path alone, without the host.",
        "aliases: [https://example.org/old/]",
    ),
    "bad-choice": fields(
        "The field takes certain words only, or `true` and `false`.",
        "Choose one of those listed.",
        "outcome: reprimant",
    ),
    "bad-country": fields(
        "Countries are told by two letters (ISO 3166-1 alpha-2); `EU` stands for the Union's own bodies.",
        "Write the code.",
        "country: Germany",
    ),
    "bad-date": fields(
        "A date is a day that there is, written as year, month and day. A time may follow in `date`, and nowhere else.",
        "Write it like `2024-09-30`.",
        "date: 30/9/24",
    ),
    "bad-feed": Example(
        "What is to be imported is not a feed (RSS or Atom) that can be read without a risk.",
        "Look at the regulator's page for the feed's own address.",
        {},
        ("import", f"{HOST}/news"),
        pages={"/news": {"body": "<!doctype html><title>News</title>"}},
    ),
    "bad-field": file(
        "What stands before the colon is no name of a field.",
        "Write `field: value` on each line, and lists with `- `.",
        "---\ntitle: T\ndate: 2024-09-30\n? [a, b]\n: c\n---\n",
    ),
    "bad-fine": fields(
        "An amount must be readable in one way only: nothing is guessed. `€800.000` may be eight hundred, or a "
        "thousand times that; `$` may be many a dollar.",
        "Write digits and the ISO 4217 code: `800000 EUR`.",
        "fine: €800.000",
    ),
    "bad-item": Example(
        "A feed's item or a table's row is left out of an import: it lacks something, or holds what no note may.",
        "Correct the table; of a feed's item, make a note yourself where it matters.",
        {"table.csv": "title,date,link\nA fine,30/09/2024,https://regulator.example/decision\n"},
        ("import", f"{FOLDER}/table.csv"),
    ),
    "bad-language": fields(
        "The language of a note is told by its BCP 47 code.", "Write `fr`, or `pt-BR`.", "lang: French"
    ),
    "bad-link": fields(
        "A source is a whole address of the web. In the text, links with other schemes are taken out.",
        "Write the address with `https://`.",
        "links: [www.cnil.fr/en/x]",
    ),
    "bad-name": file(
        "A file in `static/` has a name that a site's file can't have.", "Rename it.", b"", "static/a\\b.css"
    ),
    "bad-setting": project(
        "A setting has a value that it can't have, or one that is required is missing. Nothing is published.",
        "Correct it; `digest init` writes a file in which each setting is explained.",
        settings("[editions]\nperiod = 'weekly'"),
    ),
    "bad-slug": fields(
        "The slug is the last part of the note's address: small letters of ASCII, digits and hyphens.",
        "Write it as the message says.",
        "slug: CNIL fines ACME",
    ),
    "bad-tag": fields(
        "Each tag has a page, and so must have letters or digits for an address.", "Choose another tag.", "tags: [⚖️]"
    ),
    "bad-template": file(
        "A template of your own can't be read, or uses what there isn't.",
        "Mend it; [theming.md](theming.md) says what templates are given.",
        "{% block main %}\n{% if note %}\n{% endblock %}\n",
        "templates/note.html",
    ),
    "bad-text": fields("The field takes text.", "Write text; a list has no place here.", "case: [SAN-2024-013]"),
    "bad-toml": file(
        "`digest.toml` isn't TOML.",
        "Mend the line; text stands in double quotes.",
        "[site]\ntitle = Digest\n",
        "digest.toml",
    ),
    "bad-value": fields(
        "What stands here is of another kind than what is expected.",
        "Look the field up in [notes.md](notes.md#front-matter).",
        "updates: [appealed]",
    ),
    "bad-yaml": file(
        "The front matter isn't YAML, so that nothing in it can be read.",
        "Mostly, the value must stand in double quotes.",
        "---\ntitle: CNIL: a fine\ndate: 2024-09-30\n---\n",
    ),
    "broken-link": body(
        "The text links to a page of this site that isn't there.",
        "Correct the path; addresses of other sites start with `https://`.",
        "[all fines](/tags/fines/)",
    ),
    "broken-wikilink": body(
        "The text links to a note that isn't there, or isn't published.",
        "Write the other note's file name, or its title, as it is.",
        "See [[cnil-google]].",
    ),
    "changed-by-yaml": fields(
        "YAML would change the value in silence: `NO` to false, `12:30` to 750.",
        "Put it in double quotes.",
        "country: NO",
    ),
    "duplicate-field": fields("The same field stands there twice.", "Keep one.", "case: a", "case: b"),
    "duplicate-id": Example(
        "Feed readers would take two notes for one. Without the field `id`, the id comes from the file's name.",
        "Rename one of the files, or give one of them an `id`.",
        {
            NOTE: note_with("slug: one", body="- #cookies"),
            "content/more/note.md": note_with("slug: two", body="- #cookies"),
        },
    ),
    "empty": fields("The field has a value without a letter.", "Fill it in, or leave the field out.", 'sector: ""'),
    "feed-unreachable": Example(
        "A feed can't be imported, since its address doesn't answer with it. The others are imported all the same.",
        "Try again later. Where it stays so, look for the feed's new address, and put it into `digest.toml`.",
        {},
        ("import", f"{HOST}/feed.xml"),
    ),
    "fine-without-amount": fields(
        "The note is tagged as a fine and has no amount. What title and links mention is shown, and never filled in.",
        "Add the field `fine`, if you know it to be the fine.",
        "title: CNIL fines ACME €800,000",
        "tags: [fine]",
    ),
    "future-date": fields(
        "The note is dated after today, and left out until then unless a build is asked for `--future`.",
        "Correct the date, if it is wrong.",
        "date: 2999-09-30",
    ),
    "future-update": fields(
        "A correction or a later event is dated after today.",
        "Correct the date.",
        "updates: [{date: 2999-09-30, note: Appealed.}]",
    ),
    "http-link": fields(
        "The link leads over a connection that can be listened to, and changed on the way.",
        "Write `https://`, if the page is there as well.",
        "links: [http://example.org/]",
    ),
    "link-gone": link(
        "The page that a note links to is gone. Only with `digest check --links`.",
        "Look for its new address, or link to an archived copy.",
        status=410,
    ),
    "link-moved": link(
        "The page that a note links to has another address for good. Only with `digest check --links`.",
        "Write the new address; `--fix` does that in front matter, unless there is a doubt.",
        status=301,
        location="/2024/decision",
    ),
    "link-unchecked": link(
        "Nobody can tell whether a page is there: its host isn't found, doesn't answer, or refuses programs.",
        "Look at it in a browser, or try again later.",
        status=403,
    ),
    "long-address": fields(
        "File systems can't hold a name that long.",
        "Make the name shorter, or add a `slug`.",
        f"slug: {'decision-' * 30}x",
    ),
    "long-title": fields(
        "The title has over 120 characters: lists, feeds and search results cut it.",
        "Say it in fewer words; details go into the text.",
        f"title: CNIL fines ACME {'and another company ' * 6}",
    ),
    "lost-comment": fields(
        "YAML takes what follows ` #` for a comment, and drops it.",
        "Put the whole value in double quotes.",
        "title: Fine #2 of the year",
    ),
    "missing-attachment": body(
        "The note refers to a file that isn't there.",
        "Put the file beside the note, or correct its name.",
        "[the decision](decision.pdf)",
    ),
    "missing-field": file(
        "A note has at least a title and a date.", "Add the field.", "---\ntitle: CNIL fines ACME\n---\n- Text.\n"
    ),
    "no-address": fields(
        "Each organisation and each article has a page, and so must have letters or digits for an address.",
        "Write the name in letters.",
        "organisation: ⚖️",
    ),
    "no-fields": file(
        "The front matter holds no fields.",
        "Write `field: value` on each line.",
        "---\n- title\n- date\n---\n- Text.\n",
    ),
    "no-front-matter": file(
        "The file doesn't begin with front matter, so that it can't be a note.",
        "Put it at the top, or keep the file elsewhere than in `content/`.",
        "# CNIL fines ACME\n",
    ),
    "no-slug": Example(
        "Neither the file's name nor the title has letters or digits, so that the note has no address.",
        "Give the file another name, or add a `slug`.",
        {"content/2024-09-30.md": note_with("title: ⚖️", body="- #cookies")},
    ),
    "no-source": file(
        "The note says nowhere what its facts are taken from.",
        "Add the address under `links`.",
        "---\ntitle: CNIL fines ACME\ndate: 2024-09-30\n---\n- Text.  #cookies\n",
    ),
    "not-a-list": fields(
        "The field takes a list, even of one.", "Put each on a line of its own, after `- `.", "articles: GDPR 5"
    ),
    "not-mended": Example(
        "`digest check --fix` leaves a note as it is where a change might make it say something else.",
        "Mend it by hand.",
        {
            "digest.toml": settings("[tags.health_data]\n"),
            NOTE: note_with("tags:\n  - Health\n    Data", body="- Text.  #health_data"),
        },
        ("check", "--fix", "--yes"),
    ),
    "not-utf-8": file(
        "The file, or its name, isn't in UTF-8, so that its letters can't be told for certain.",
        "Save it as UTF-8; every editor can.",
        note_with("title: Soci\u00e9t\u00e9").encode("latin-1"),
    ),
    "note-exists": Example(
        "`digest new` never overwrites a note. Notes in other folders count too: feeds know a note by its file's name.",
        "Edit the note that is there, or give the new one another name.",
        {"content/2024-09-30-cnil-fines-acme.md": note_with(body="- Text.  #cookies")},
        ("new", "CNIL fines ACME", "--date", "2024-09-30"),
    ),
    "outside-content": body(
        "What a note brings along must stand in `content/`: other files aren't meant to be published.",
        "Put the file, or a copy of it, beside the note.",
        "[the decision](../decision.pdf)",
    ),
    "same-address": two(
        "Two pages would be written to one place. None of them is ever dropped in silence.",
        "Give one another slug, name or date.",
        "slug: acme",
    ),
    "same-source": two(
        "An earlier note has this source too: the action may stand there twice.",
        "Leave it, if the page is on both; else take one of them out.",
        "links: [https://www.cnil.fr/en/acme]",
    ),
    "similar-tags": Example(
        "Two tags are nearly alike, and may be meant for one. Told once, where the rarer is first used.",
        "Write one of them throughout; or give both a table in `digest.toml`, and they are taken for two.",
        {
            NOTE: note_with("tags: [cookie]", body="- Text.  #cookie"),
            "content/other.md": note_with("links: [https://example.org/2]", body="- Text.  #cookies"),
            "content/third.md": note_with("links: [https://example.org/3]", body="- Text.  #cookies"),
        },
    ),
    "stopped": Example(
        "The command couldn't do its work at all. With `--format json` and `github`, this code stands for what is "
        "said in words alone otherwise.",
        "Do as it says.",
        {"digest.toml": None},
        ("check", "--format", "json"),
    ),
    "too-deep": body(
        "The text is nested so deeply that it can't be read: no text needs that.",
        "Take out some of the lists, quotes or tags that stand inside each other.",
        "<div>" * 300,
    ),
    "unclear-page": Example(
        "`digest new --from` takes title and date from a page only where the page says them clearly.",
        "Give what is lacking yourself.",
        {},
        ("new", "--from", f"{HOST}/news"),
        pages={"/news": {"body": "<title>CNIL fines ACME</title>", "content_type": "text/html"}},
    ),
    "unclosed-front-matter": file(
        "The front matter has no end, so that the whole file would belong to it.",
        "Put a line `---` after the last field.",
        "---\ntitle: CNIL fines ACME\ndate: 2024-09-30\n\n- Text.\n",
    ),
    "unfamiliar-authority": Example(
        "`digest new` was given an authority that isn't known, and is nearly called like one that is.",
        "Correct it in the note; or add the authority to `digest.toml`.",
        {},
        ("new", "CNIL fines ACME", "--authority", "cnli"),
    ),
    "unknown-authority": fields(
        "The authority isn't known by this name, though the source is on the site of one that is.",
        "Write its id; or add the authority to `digest.toml`.",
        "authority: French regulator",
        "links: [https://www.cnil.fr/en/acme]",
    ),
    "unknown-field": fields(
        "There is no field of this name: it was passed over, and what it says is shown nowhere.",
        "Correct its name, or take it out.",
        "organization: ACME",
    ),
    "unknown-setting": project(
        "There is no setting of this name: it was passed over.",
        "Correct its name, or take it out.",
        settings(licens="CC BY 4.0"),
    ),
    "unreadable": Example(
        "The file system doesn't let the program read the file.",
        "See that it is there, and that you may read it.",
        {},
        links={NOTE: "moved-away.md"},
    ),
    "untagged-text": Example(
        "No passage of the text has a hashtag, so that no tag page quotes it.",
        "Put a hashtag at the end of each passage that matters.",
        {NOTE: note_with("tags: [cookies]", body="- Text.")},
    ),
    "unused-tag": project(
        "`digest.toml` describes a tag that no note has, not even a draft.",
        "Take the table out, or correct its name.",
        settings("[tags.cookie_walls]\ndescription = 'Cookie walls.'"),
    ),
}
