"""The words of the shell: one table from which the parser, the help and its tests are made."""

from __future__ import annotations

from dataclasses import dataclass

from kam_tui.i18n import N_


@dataclass(frozen=True, slots=True)
class Word:
    """One word that `kam` understands."""

    help: str
    """What it does, in one line; marked for translation."""

    example: str
    """Command lines as a person would type them, one on a line."""

    module: str
    """The file in `commands/` that holds its `arguments` and its `run`."""


WORDS: dict[str, Word] = {
    "note": Word(
        N_("Note something down in one line"),
        'kam note "@acme Liisa liked the offer +pilot remind: tue 14:00 send the contract"\n'
        "kam note yesterday: @acme had lunch with Liisa",
        "capture",
    ),
    "log": Word(
        N_("Log a call, meeting, gift, sale or other activity"),
        "kam log call @acme Liisa is happy with the delivery\n"
        'kam log sale "@acme ten licences, remind: in 2 weeks ask how it goes"',
        "capture",
    ),
    "today": Word(N_("What needs you today"), "kam today\nkam today --json", "agenda"),
    "agenda": Word(N_("What is coming up"), "kam agenda --days 30", "agenda"),
    "remind": Word(
        N_("Set a reminder; list, edit or remove reminders"),
        'kam remind @acme "tue 14:00" call about the offer\n'
        'kam remind --every "2 weeks" @acme look in on the project\n'
        "kam remind list\n"
        "kam remind edit offer --due friday\n"
        "kam remind remove offer",
        "remind",
    ),
    "done": Word(
        N_("Mark something on the agenda as done"),
        'kam done x7k went well, wants a demo\nkam done x7k b2m9 --text "both signed"',
        "occurrence",
    ),
    "snooze": Word(
        N_("Let something on the agenda rest until another day"),
        "kam snooze x7k monday 9:00\n"
        "kam snooze x7k b2m9 c3d --until friday\n"
        "kam snooze --where account:acme monday",
        "occurrence",
    ),
    "move": Word(
        N_("Give something on the agenda another day"),
        "kam move x7k friday 9:00\nkam move x7k b2m9 --to friday",
        "occurrence",
    ),
    "skip": Word(
        N_("Leave something on the agenda out this time"), "kam skip x7k\nkam skip x7k b2m9", "occurrence"
    ),
    "promise": Word(
        N_("Promises to customers: add, list, keep, break, edit, remove"),
        "kam promise add @acme fri send the drawings\n"
        "kam promise list acme\n"
        "kam promise edit drawings --due thursday\n"
        "kam promise keep drawings sent by mail\n"
        'kam promise break "price list" the supplier raised its prices\n'
        "kam promise remove p-7f3k9m2p4q",
        "promise",
    ),
    "contract": Word(
        N_("Contracts: add, list, show, edit, renew, archive"),
        'kam contract add "Frame agreement" --account acme --end 31.12.2027 --notice-period "3 months"\n'
        "kam contract list acme\n"
        "kam contract show frame\n"
        'kam contract edit frame --value "12000 EUR" --renews yes\n'
        "kam contract renew frame --until 31.12.2028\n"
        "kam contract archive frame",
        "contract",
    ),
    "why": Word(
        N_("Why something is on the agenda, and what would end it"),
        "kam why x7k\nkam why liisa birthday --json",
        "why",
    ),
    "account": Word(
        N_("Accounts: add, list, show, edit, tag, log, archive"),
        'kam account add "Acme Oy" --tier key --city Tampere\n'
        "kam account list --tier key --quiet 30\n"
        "kam account show acme\n"
        'kam account edit acme --industry Timber --city ""\n'
        "kam account edit --where 'city:Tampere -tier:key' --tier growth\n"
        "kam account tag --where 'quiet>6m' --on asleep\n"
        "kam account log --where segment:best --kind newsletter sent the autumn letter\n"
        "kam account archive acme",
        "party",
    ),
    "contact": Word(
        N_("People: add, list, show, edit, tag, log, archive"),
        'kam contact add "Liisa Korhonen" --account acme --birthday 12.4.1980\n'
        "kam contact list --account acme\n"
        "kam contact show liisa\n"
        "kam contact edit liisa --birthday --04-12 --role champion\n"
        "kam contact tag liisa --on vip --off guest\n"
        "kam contact log --where tag:guest --kind event our summer party\n"
        "kam contact archive liisa",
        "party",
    ),
    "entry": Word(
        N_("Entries of the timeline: list, show, edit, remove"),
        "kam entry list acme\n"
        "kam entry show t-7f3k9m2p4q\n"
        'kam entry edit t-7f3k9m2p4q --text "Liisa liked it" --when yesterday\n'
        "kam entry remove t-7f3k9m2p4q",
        "entry",
    ),
    "segments": Word(
        N_("Queries that have a name: how many each means, give one, take one"),
        "kam segments\n"
        "kam segments set best 'tier:key quiet>30d'\n"
        "kam account list segment:best\n"
        "kam segments remove best",
        "segments",
    ),
    "portfolio": Word(
        N_("All customers at a glance: who needs you, key figures and their trends"),
        "kam portfolio\nkam portfolio --json",
        "portfolio",
    ),
    "find": Word(N_("Search everywhere"), "kam find offer timber\nkam find +pilot", "find"),
    "digest": Word(
        N_("The day's reminders as one text, for mail or a notification"),
        "kam digest --for acme --days 30\n"
        "kam digest --date tomorrow --always\n"
        "kam digest --since last --output today.html",
        "digest",
    ),
    "schedule": Word(
        N_("Have the digest sent each day by the system's own timer"),
        "kam schedule\n"
        "kam schedule --install --time 07:30 --channel mail\n"
        "kam schedule --uninstall\n"
        "kam schedule --test",
        "schedule",
    ),
    "watch": Word(
        N_("Stay, and say each timed reminder at its minute"),
        "kam watch\nkam watch --channel desktop,mail\nkam watch --once --channel stdout",
        "watch",
    ),
    "history": Word(
        N_("Who changed what, when: everything, one record, or one change in full"),
        "kam history --limit 50\nkam history acme\nkam history 17",
        "history",
    ),
    "undo": Word(N_("Take back the newest change, or any other"), "kam undo\nkam undo 17", "undo"),
    "redo": Word(N_("Do again what was taken back"), "kam redo\nkam redo 17", "undo"),
    "import": Word(
        N_("Bring in contacts and accounts from files"),
        "kam import contacts.vcf --dry-run\n"
        'kam import report.csv --map "Account Owner=about" --date-order dmy --yes',
        "bring_in",
    ),
    "export": Word(
        N_("Write the book out as vCard, CSV or JSON"),
        "kam export --format vcard --output contacts.vcf\nkam export --format json --account acme",
        "hand_out",
    ),
    "person": Word(
        N_("All about one person: write it down, or erase it for good"),
        "kam person export liisa --output liisa.json\n"
        "kam person erase liisa --dry-run\n"
        "kam person erase liisa",
        "person",
    ),
    "backup": Word(
        N_("Back the book up into one file; list the backups"),
        "kam backup\nkam backup --output /media/stick\nkam backup list",
        "backup",
    ),
    "restore": Word(
        N_("Make the book what a backup holds"),
        "kam restore\nkam restore latest --dry-run\nkam restore yesterday",
        "restore",
    ),
    "doctor": Word(
        N_("Check the book, mend it, bring in a copy that a sync tool made"),
        "kam doctor\n"
        "kam doctor --repair --dry-run\n"
        'kam doctor --merge "journal (conflicted copy 2026-11-20).jsonl"',
        "doctor",
    ),
    "config": Word(
        N_("The settings, what each is for, and where they are kept"),
        "kam config\nkam config set cadence_key 10\nkam config --json",
        "config",
    ),
    "open": Word(
        N_("Open the screen on an account or a person"), "kam open\nkam open acme\nkam open liisa k", "open"
    ),
    "demo": Word(N_("Try kam on a made-up book"), "kam demo", "demo"),
}
"""Every word, in the order in which `kam --help` lists them."""
