//! The command line, in the words of the person's language.

use crate::wordpress::SQUARESPACE;
use arabic::digits::Digits;
use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};
use moving::others::System;
use newsroom::people::{Role, Scope};
use newsroom::profile::Language;
use web::Words;

/// The words of the person's locale; English where the system names none that we speak.
pub fn words() -> Words {
    let asked = std::env::var("MIDAD_LANGUAGE").ok().or_else(sys_locale::get_locale);
    let language = asked.and_then(|tag| Language::from_tag(&tag)).unwrap_or(Language::En);
    Words::new(language, Digits::Western)
}

/// The whole command line.
pub fn command(t: &Words) -> Command {
    let command = Command::new("midad")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t.s("cli.about"))
        .disable_help_subcommand(true)
        .help_template("{about}\n\n{usage-heading} {usage}\n\n{all-args}{after-help}")
        .after_help(t.s("cli.after"))
        .subcommand_help_heading(t.s("cli.commands"));
    everywhere(command, t)
        .subcommand(Command::new("serve").about(t.s("cli.serve")))
        .subcommand(demo(t))
        .subcommand(import(t))
        .subcommand(export(t))
        .subcommand(crate::backup::command(t))
        .subcommand(crate::backup::restore::command(t))
        .subcommand(check(t))
        .subcommand(crate::doctor::command(t))
        .subcommand(staff(t))
        .subcommand(api_key(t))
        .subcommands(crate::judgement::commands(t))
        .subcommand(learn(t))
        .subcommand(section(t))
        .subcommand(page(t))
        .subcommand(mirror(t))
        .subcommand(statements(t))
        .subcommand(orders(t))
        .subcommand(mail(t))
        .subcommand(crate::pictures::command(t))
        .subcommand(Command::new("settings").about(t.s("cli.settings")))
}

/// Looks whether the data agree with themselves; and whether the log is as it was sealed.
fn check(t: &Words) -> Command {
    Command::new("check")
        .about(t.s("cli.check"))
        .arg(Arg::new("audit").long("audit").action(ArgAction::SetTrue).help(t.s("cli.check.audit")))
        .arg(Arg::new("seal").long("seal").value_name("PLACE:SEAL").requires("audit").help(t.s("cli.check.seal")))
}

/// Settings that every command takes.
fn everywhere(command: Command, t: &Words) -> Command {
    let path = |name: &'static str, key: &str| {
        Arg::new(name).long(name).global(true).value_name("PATH").value_parser(value_parser!(String)).help(t.s(key))
    };
    command
        .arg(path("config", "cli.arg.config"))
        .arg(path("data", "setting.data"))
        .arg(Arg::new("database").long("database").global(true).value_name("URL").help(t.s("setting.database")))
        .arg(Arg::new("listen").long("listen").global(true).value_name("HOST:PORT").help(t.s("setting.listen")))
        .arg(
            Arg::new("set")
                .long("set")
                .global(true)
                .value_name("KEY=VALUE")
                .action(ArgAction::Append)
                .help(t.s("cli.arg.set")),
        )
        .next_help_heading(t.s("cli.options"))
}

fn demo(t: &Words) -> Command {
    let number = Arg::new("waiting").long("waiting").value_name("N").value_parser(value_parser!(u32).range(..=100_000));
    Command::new("demo")
        .about(t.s("cli.demo"))
        .arg(number.default_value("0").help(t.s("cli.demo.waiting")))
        .arg(Arg::new("fresh").long("fresh").action(ArgAction::SetTrue).help(t.s("cli.demo.fresh")))
}

fn import(t: &Words) -> Command {
    let flag = |name: &'static str, key: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(t.s(key));
    let files = Arg::new("files").value_name("FILE").required(true).num_args(1..).help(t.s("cli.import.files"));
    let page = Command::new("page")
        .about(t.s("cli.import.page"))
        .arg(files)
        .arg(flag("dry-run", "cli.import.dry-run"))
        .arg(flag("publish", "cli.import.publish"))
        .arg(Arg::new("section").long("section").value_name("SLUG").help(t.s("cli.import.section")))
        .arg(Arg::new("date").long("date").value_name("YYYY-MM-DD").help(t.s("cli.import.date")));
    let wire = Command::new("wire")
        .about(t.s("cli.import.wire"))
        .arg(Arg::new("files").value_name("FILE").required(true).num_args(1..).help(t.s("cli.import.wire.files")))
        .arg(flag("dry-run", "cli.import.dry-run"))
        .arg(Arg::new("section").long("section").value_name("SLUG").help(t.s("cli.import.wire.section")));
    let all = Command::new("all")
        .about(t.s("cli.import.all"))
        .arg(Arg::new("file").value_name("FILE").required(true).help(t.s("cli.import.all.file")));
    Command::new("import")
        .about(t.s("cli.import"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(page)
        .subcommand(wordpress(t))
        .subcommands(others(t))
        .subcommand(wire)
        .subcommand(all)
}

fn wordpress(t: &Words) -> Command {
    let kinds = Arg::new("story-kind").long("story-kind").value_name("TYPE").action(ArgAction::Append);
    moves_in("wordpress", "cli.import.wordpress", t).arg(kinds.help(t.s("cli.import.wordpress.story-kind")))
}

/// The other systems: those that keep newspapers, and those that keep comments alone.
fn others(t: &Words) -> Vec<Command> {
    let site = || Arg::new("site").long("site").value_name("ADDRESS").help(t.s("cli.import.site"));
    let about = |system: System| if system.is_comments() { "cli.import.comments" } else { "cli.import.paper" };
    let mut all = vec![moves_in(SQUARESPACE, "cli.import.paper", t)];
    all.extend(System::ALL.into_iter().map(|system| moves_in(system.word(), about(system), t).arg(site())));
    all
}

/// A command that brings in what another system kept.
fn moves_in(word: &'static str, about: &str, t: &Words) -> Command {
    let flag = |name: &'static str, key: &str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(t.s(key));
    let path =
        |name: &'static str, value: &'static str, key: &str| Arg::new(name).long(name).value_name(value).help(t.s(key));
    Command::new(word)
        .about(t.with(about, 1, &[("system", word)]))
        .arg(Arg::new("files").value_name("FILE").required(true).num_args(1..).help(t.s("cli.import.wordpress.files")))
        .arg(flag("dry-run", "cli.import.dry-run"))
        .arg(flag("drafts", "cli.import.wordpress.drafts"))
        .arg(flag("release-approved", "cli.import.wordpress.release-approved"))
        .arg(path("section", "SLUG", "cli.import.wordpress.section"))
        .arg(path("media", "FOLDER", "cli.import.wordpress.media"))
        .arg(flag("fetch-media", "cli.import.wordpress.fetch-media"))
        .arg(path("report", "FILE", "cli.import.wordpress.report"))
}

fn export(t: &Words) -> Command {
    Command::new("export")
        .about(t.s("cli.export"))
        .arg(Arg::new("file").value_name("FILE").default_value("-").help(t.s("cli.export.file")))
        .arg(Arg::new("wxr").long("wxr").action(ArgAction::SetTrue).help(t.s("cli.export.wxr")))
}

fn mirror(t: &Words) -> Command {
    let folder = Arg::new("folder").value_name("FOLDER").required(true).help(t.s("cli.mirror.folder"));
    Command::new("mirror").about(t.s("cli.mirror")).arg(folder)
}

fn staff(t: &Words) -> Command {
    let name = || Arg::new("name").value_name("NAME").required(true).help(t.s("cli.staff.name"));
    let role = Arg::new("role")
        .long("role")
        .value_parser(PossibleValuesParser::new(Role::ALL.map(Role::key)))
        .default_value(Role::Moderator.key())
        .help(t.s("cli.staff.role"));
    let place = Arg::new("role")
        .long("role")
        .value_parser(PossibleValuesParser::new(Role::ALL.map(Role::key)))
        .help(t.s("cli.staff.place.role"));
    let section = Arg::new("section")
        .long("section")
        .value_name("SLUG")
        .action(ArgAction::Append)
        .help(t.s("cli.staff.place.section"));
    let everywhere = Arg::new("whole-paper")
        .long("whole-paper")
        .action(ArgAction::SetTrue)
        .conflicts_with("section")
        .help(t.s("cli.staff.place.whole-paper"));
    let about = |command: &'static str, key: &str| Command::new(command).about(t.s(key)).arg(name());
    Command::new("staff")
        .about(t.s("cli.staff"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("add").about(t.s("cli.staff.add")).arg(name()).arg(role))
        .subcommand(about("link", "cli.staff.link"))
        .subcommand(about("place", "cli.staff.place").arg(place).arg(section).arg(everywhere))
        .subcommand(about("disable", "cli.staff.disable"))
        .subcommand(about("enable", "cli.staff.enable"))
        .subcommand(about("sign-out", "cli.staff.sign-out"))
        .subcommand(Command::new("list").about(t.s("cli.staff.list")))
}

fn learn(t: &Words) -> Command {
    let dry_run = Arg::new("dry-run").long("dry-run").action(ArgAction::SetTrue).help(t.s("cli.learn.dry-run"));
    Command::new("learn").about(t.s("cli.learn")).arg(dry_run)
}

fn section(t: &Words) -> Command {
    let slug = || Arg::new("slug").value_name("SLUG").required(true).help(t.s("cli.section.slug"));
    let name = || Arg::new("name").value_name("NAME").required(true).help(t.s("cli.section.name"));
    let position = Arg::new("position")
        .long("position")
        .value_name("N")
        .value_parser(value_parser!(u32).range(1..=1000))
        .help(t.s("cli.section.position"));
    // A name alone, or the slug and the name.
    let words = Arg::new("words").value_name("NAME").required(true).num_args(1..=2).help(t.s("cli.section.words"));
    let add = Command::new("add")
        .about(t.s("cli.section.add"))
        .override_usage("midad section add [SLUG] NAME [--position N]")
        .arg(words)
        .arg(position);
    Command::new("section")
        .about(t.s("cli.section"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(add)
        .subcommand(Command::new("list").about(t.s("cli.section.list")))
        .subcommand(Command::new("rename").about(t.s("cli.section.rename")).arg(slug()).arg(name()))
        .subcommand(Command::new("remove").about(t.s("cli.section.remove")).arg(slug()))
}

fn page(t: &Words) -> Command {
    let slug = || Arg::new("slug").value_name("SLUG").required(true).help(t.s("cli.page.slug"));
    let file = Arg::new("file").value_name("FILE").required(true).help(t.s("cli.page.file"));
    let title = Arg::new("title").long("title").value_name("TITLE").help(t.s("cli.page.title"));
    Command::new("page")
        .about(t.s("cli.page"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("list").about(t.s("cli.page.list")))
        .subcommand(Command::new("show").about(t.s("cli.page.show")).arg(slug()))
        .subcommand(Command::new("set").about(t.s("cli.page.set")).arg(slug()).arg(file).arg(title))
}

fn statements(t: &Words) -> Command {
    let day = |name: &'static str, key: &str| {
        Arg::new(name).long(name).value_name("YYYY-MM-DD").required(true).help(t.s(key))
    };
    Command::new("statements")
        .about(t.s("cli.statements"))
        .arg(day("from", "cli.statements.from"))
        .arg(day("to", "cli.statements.to"))
}

fn orders(t: &Words) -> Command {
    let file = |name: &'static str, key: &str| Arg::new(name).long(name).value_name("FILE").help(t.s(key));
    let sealed = Arg::new("file").value_name("FILE").required(true).help(t.s("cli.orders.open.file"));
    let open = Command::new("open")
        .about(t.s("cli.orders.open"))
        .arg(sealed)
        .arg(file("key", "cli.orders.open.key").required(true))
        .arg(file("to", "cli.orders.open.to"));
    Command::new("orders")
        .about(t.s("cli.orders"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("key").about(t.s("cli.orders.key")).arg(file("file", "cli.orders.key.file")))
        .subcommand(open)
}

fn mail(t: &Words) -> Command {
    let address = Arg::new("address").value_name("ADDRESS").required(true).help(t.s("cli.mail.test.address"));
    let again = Arg::new("again").long("again").action(ArgAction::SetTrue).help(t.s("cli.mail.failed-again"));
    Command::new("mail")
        .about(t.s("cli.mail"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("test").about(t.s("cli.mail.test")).arg(address))
        .subcommand(Command::new("failed").about(t.s("cli.mail.failed-list")).arg(again))
}

fn api_key(t: &Words) -> Command {
    let name = || Arg::new("name").value_name("NAME").required(true).help(t.s("cli.api-key.name"));
    let pace = Arg::new("per-minute")
        .long("per-minute")
        .value_name("N")
        .value_parser(value_parser!(u32).range(1..=i64::from(web::MOST_PER_MINUTE)))
        .default_value("6000")
        .help(t.s("cli.api-key.per-minute"));
    let scopes = Scope::ALL.into_iter().filter(|scope| *scope != Scope::Verdicts).map(Scope::word);
    let scope = Arg::new("scope")
        .long("scope")
        .value_name("SCOPE")
        .action(ArgAction::Append)
        .value_parser(PossibleValuesParser::new(scopes))
        .requires("for")
        .help(t.s("cli.api-key.scope"));
    let whose = Arg::new("for").long("for").value_name("STAFF").requires("scope").help(t.s("cli.api-key.for"));
    Command::new("api-key")
        .about(t.s("cli.api-key"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("add").about(t.s("cli.api-key.add")).arg(name()).arg(pace).arg(whose).arg(scope))
        .subcommand(Command::new("list").about(t.s("cli.api-key.list")))
        .subcommand(Command::new("revoke").about(t.s("cli.api-key.revoke")).arg(name()))
}

/// A text argument that the command requires; empty when the command line let it through without.
pub fn text<'a>(asked: &'a ArgMatches, name: &str) -> &'a str {
    asked.get_one::<String>(name).map_or("", String::as_str)
}
