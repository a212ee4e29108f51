"""`kam contract`: what customers have agreed to, until when, and by when notice must be given."""

from __future__ import annotations

import argparse

from kam_tui.cli import agreed, timeline
from kam_tui.cli.acts import act_of, add_act
from kam_tui.cli.asking import the_account, the_record
from kam_tui.cli.flags import add_fields, fields_of
from kam_tui.cli.output import Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.book import Book
from kam_tui.domain.contract import CONTRACT, Contract
from kam_tui.domain.dates.when import read_when
from kam_tui.domain.errors import Invalid
from kam_tui.i18n import _
from kam_tui.rules.contracts import contracts_of
from kam_tui.usecases import contracts, renewing


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """One parser for each thing to do."""
    acts = parser.add_subparsers(dest="act", metavar="add|list|show|edit|renew|archive")
    add = add_act(acts, word, "add", _("a new one"))
    edit = add_act(acts, word, "edit", _("change fields"))
    show = add_act(acts, word, "show", _("everything about one"))
    renew = add_act(acts, word, "renew", _("it goes on: move its end, and its notice, by its term"))
    archive = add_act(acts, word, "archive", _("out of lists and agenda, kept in the book"))
    add.add_argument("name", nargs="+", metavar=_("NAME"))
    for own in (edit, show, renew, archive):
        own.add_argument("name", nargs="+", metavar=_("CONTRACT"), help=_("its id, or words of its name"))
    add_fields(add, CONTRACT, {"name"})
    add_fields(edit, CONTRACT, renamed=True)
    renew.add_argument("--until", metavar=_("DAY"), help=_("until when; otherwise for its own term"))
    archive.add_argument("--restore", action="store_true", help=_("bring back what was archived"))
    listing = add_act(acts, word, "list", _("all, or those of one account"))
    listing.add_argument("account", nargs="*", metavar=_("ACCOUNT"), help=_("only those with this account"))
    listing.add_argument("--archived", action="store_true", help=_("archived ones as well"))


def run(shell: Shell, args: Arguments) -> int:
    """Do as the second word says."""
    return _ACTS[act_of(args, _ACTS)](shell, args)


def _add(shell: Shell, args: Arguments) -> int:
    session = shell.session
    fields = {"name": " ".join(args.name)} | fields_of(args, CONTRACT)
    if not fields.get("account_id"):
        command = "kam contract add"
        raise Invalid(
            _("{command} needs {names}.").format(command=command, names="--account NAME"),
            _("See {command} --help.").format(command=command),
        )
    return shell.did(*session.run(contracts.add, fields, session.settings.reading))


def _edit(shell: Shell, args: Arguments) -> int:
    session = shell.session
    fields = fields_of(args, CONTRACT)
    if not fields:
        raise Invalid(_("There is nothing to change yet."), _("Name a field, such as --end 2027-12-31."))
    contract = _the_contract(args, session.read())
    return shell.did(*session.run(contracts.edit, contract.id, fields, session.settings.reading))


def _renew(shell: Shell, args: Arguments) -> int:
    session = shell.session
    contract = _the_contract(args, session.read())
    until = read_when(args.until, session.reading()).day if args.until else None
    return shell.did(*session.run(renewing.renew, contract.id, until))


def _archive(shell: Shell, args: Arguments) -> int:
    contract = _the_contract(args, shell.session.read(), archived=args.restore)
    return shell.did(*shell.session.run(contracts.archive, contract.id, not args.restore))


def _show(shell: Shell, args: Arguments) -> int:
    book = shell.session.read()
    contract = _the_contract(args, book, archived=True)
    if shell.out.as_json:
        shell.out.json({"contract": agreed.contract_json(book, contract)})
        return 0
    marks = [_("archived")] if contract.archived else []
    shell.out.line(Styled(contract.name, "bold"), Styled("· " + " · ".join([*marks, contract.id]), "dim"))
    whole = CONTRACT.change(contract, notice=contract.notice_by)
    timeline.facts(shell.out, book, CONTRACT, whole, {"name"}, indent=2)
    return 0


def _list(shell: Shell, args: Arguments) -> int:
    book, today = shell.session.read(), shell.session.now().date()
    account = the_account(book, " ".join(args.account)) if args.account else None
    some = contracts_of(book, account.id if account else "", archived=args.archived)
    if shell.out.as_json:
        shell.out.json({"contracts": [agreed.contract_json(book, each) for each in some]})
        return 0
    agreed.contracts(shell.out, book, some, today)
    if not some and shell.out.is_terminal:
        shell.out.line(_("There are no contracts."))
    return 0


def _the_contract(args: Arguments, book: Book, *, archived: bool = False) -> Contract:
    text = " ".join(args.name)
    some = contracts_of(book, archived=True)
    near = [each for each in some if archived or not each.archived or each.id == text]
    return the_record(near, text, _("No contract is called {text}."), _("kam contract list shows them."))


_ACTS = {"add": _add, "list": _list, "show": _show, "edit": _edit, "renew": _renew, "archive": _archive}
