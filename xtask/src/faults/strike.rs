//! What is done to the program while people are at work, before it is killed.

use std::time::Duration;

use anyhow::{Context, Result};

use super::browser::Browser;
use super::chance::Chance;
use super::clock::Jumps;
use super::disk::failing::Failing;
use super::house::{House, Served};
use super::ledger::Ledger;
use super::street::{Street, Touched};
use super::{Asked, Trial};

/// One of three.
pub enum Strike {
    /// Nothing: the kill comes at once.
    Kill,
    /// Its disk fails for a while.
    Disk(Failing),
    /// Its clock jumps.
    Clock(Jumps),
}

/// Whom it strikes.
pub struct Struck<'s, 'l> {
    /// The people at work.
    pub street: &'s Street<'l>,
    /// The program.
    pub served: &'s Served,
    /// The same program with other commands.
    pub house: &'s House,
    /// A program with the house's key.
    pub program: Browser,
    /// Who signs in at the desk.
    pub owner: &'s str,
    /// How long people are at work where nothing else is done.
    pub wait: Duration,
}

impl Strike {
    /// What was asked for.
    pub fn of(asked: &Asked, house: &House) -> Result<Self> {
        Ok(match asked.trial {
            Trial::Kills => Self::Kill,
            Trial::Disk => Self::Disk(Failing::new(house)?),
            Trial::Clock => Self::Clock(Jumps::new(house.clock.clone().context("there is no clock")?, asked.stay)),
        })
    }

    /// It happens, while people are at work.
    pub fn now(&mut self, struck: Struck<'_, '_>, chance: &mut Chance) -> Result<()> {
        match self {
            Self::Kill => {
                std::thread::sleep(struck.wait);
                Ok(())
            }
            Self::Disk(failing) => failing.strike(&struck, chance),
            Self::Clock(jumps) => jumps.strike(&struck, chance),
        }
    }

    /// The program is asked to stop, and not killed.
    pub fn stops(&self) -> bool {
        matches!(self, Self::Disk(failing) if failing.stops())
    }

    /// The program was killed.
    pub fn over(&mut self) {
        if let Self::Disk(failing) = self {
            failing.mend();
        }
    }

    /// What was sent between a start and a kill.
    pub fn saw(&mut self, touched: &Touched) {
        if let Self::Clock(jumps) = self {
            jumps.saw(touched);
        }
    }

    /// The program was stopped for the last time.
    pub fn at_the_end(&mut self, house: &House, ledger: &mut Ledger) -> Result<()> {
        match self {
            Self::Kill => Ok(()),
            Self::Disk(failing) => {
                failing.has_failed(ledger);
                Ok(())
            }
            Self::Clock(jumps) => jumps.at_the_end(house, ledger),
        }
    }

    /// What was done, in words, and how often.
    pub fn told(&self) -> Vec<(String, String)> {
        match self {
            Self::Kill => Vec::new(),
            Self::Disk(failing) => failing.told(),
            Self::Clock(jumps) => jumps.told(),
        }
    }
}
