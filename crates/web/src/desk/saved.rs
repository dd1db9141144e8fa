//! The saved queues: each is an address, with how many stand in it.

use super::shell::Shell;
use crate::guard::Moderator;
use crate::layout::Frame;
use moderation::Category;
use newsroom::SectionId;
use store::queue::Queue;

/// A saved queue in the list.
#[derive(Debug)]
pub struct Saved {
    /// What it is called.
    pub words: String,
    /// Its address.
    pub href: String,
    /// How many stand in it, in the paper's digits.
    pub count: Option<String>,
    /// The one that is shown.
    pub here: bool,
}

/// The address of a queue.
pub fn address(queue: Queue) -> String {
    match queue {
        Queue::Waiting => "/desk".to_owned(),
        Queue::Reported => "/desk/reported".to_owned(),
        other => format!("/desk?{}", asked(other)),
    }
}

/// What an address asks for a queue with.
pub fn asked(queue: Queue) -> String {
    match queue {
        Queue::Waiting | Queue::Reported => String::new(),
        Queue::Story(story) => format!("story={story}"),
        Queue::Section(section) => format!("section={section}"),
        Queue::Finding(category) => format!("finding={}", category.name()),
        Queue::Kin(kin) => format!("kin={kin}"),
        Queue::Copies => "queue=copies".to_owned(),
        Queue::Escalated => "queue=escalated".to_owned(),
        Queue::Assigned(_) => "queue=mine".to_owned(),
    }
}

/// The queues that a moderator is shown: those of everybody first, then sections and kinds of findings that hold something.
pub fn saved(frame: &Frame, shell: &Shell, moderator: &Moderator, here: Queue) -> Vec<Saved> {
    let t = &frame.t;
    let own = |section: &SectionId| moderator.sections().is_none_or(|sections| sections.contains(section));
    let sections = frame.sections.iter().filter(|section| own(&section.id));
    let fixed = [
        (Queue::Waiting, t.s("desk.queue.waiting")),
        (Queue::Escalated, t.s("desk.queue.escalated")),
        (Queue::Assigned(moderator.staff.id), t.s("desk.queue.mine")),
        (Queue::Copies, t.s("desk.queue.copies")),
        (Queue::Reported, t.s("desk.reported")),
    ];
    let by_section = sections.map(|section| (Queue::Section(section.id), section.name.clone()));
    let by_finding = Category::ALL.into_iter().map(|category| (Queue::Finding(category), t.s(category.key())));
    let narrow = by_section.chain(by_finding).filter(|(queue, _)| *queue == here || shell.count(*queue) != Some(0));
    let line = |(queue, words): (Queue, String)| Saved {
        words,
        href: address(queue),
        count: shell.count(queue).map(|count| t.number(count)),
        here: queue == here,
    };
    let settled = |words: String, href: &str| Saved { words, href: href.to_owned(), count: None, here: false };
    let settled =
        [settled(t.s("desk.queue.settled"), "/desk/log"), settled(t.s("desk.queue.settled-by-me"), "/desk/log?by=me")];
    fixed.into_iter().chain(narrow).map(line).chain(settled).collect()
}
