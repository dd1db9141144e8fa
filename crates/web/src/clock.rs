//! The paper's clock: its days, minutes and times, and the one place where the time is read.

use crate::app::App;
use moderation::Minute;
use newsroom::Timestamp;

/// When the newsroom's day begins.
const MORNING: i8 = 7;

impl App {
    /// A minute of the paper's clock.
    pub fn minute(&self, at: Timestamp) -> Minute {
        let local = at.to_zoned(self.paper.zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
        Minute::read(&local).unwrap_or(Minute(0))
    }

    /// The day of the paper's clock.
    pub fn today(&self) -> jiff::civil::Date {
        self.now().to_zoned(self.paper.zone.clone()).date()
    }

    /// A day and a time of the paper's clock as a browser sends them, with or without seconds, in whatever digits.
    pub fn at_local(&self, text: &str) -> Option<Timestamp> {
        let local: jiff::civil::DateTime = arabic::digits::to_western(text).trim().parse().ok()?;
        local.to_zoned(self.paper.zone.clone()).ok().map(|at| at.timestamp())
    }

    /// The next seven o'clock in the morning of the paper's clock.
    pub fn next_morning(&self) -> Timestamp {
        let now = self.now().to_zoned(self.paper.zone.clone());
        let today = now.date();
        let day = if now.hour() < MORNING { today } else { today.tomorrow().unwrap_or(today) };
        day.at(MORNING, 0, 0, 0).to_zoned(self.paper.zone.clone()).map_or(now.timestamp(), |at| at.timestamp())
    }

    /// The time, read once per request.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
