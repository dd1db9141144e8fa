//! What is done to the paper, one thing after the other, while people are at work.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::super::chance::Chance;
use super::database::{Servers, Stop};
use super::network::Network;
use super::newsletter::Newsletter;
use super::node::{MACHINES, Nodes};
use super::people::until_taken;
use super::town::Town;

/// After a fault people are watched for at least so long.
const AFTER: Duration = Duration::from_secs(12);
/// A node that takes nothing for so long after a fault has not recovered.
const PATIENCE: Duration = Duration::from_secs(60);
/// A node that was killed is away so long.
const KILLED_FOR: Duration = Duration::from_secs(5);
/// So long nobody notices that the first database is dead.
const NOTICED: Duration = Duration::from_secs(3);
const ALL: [usize; 3] = [0, 1, 2];

/// How a fault ended.
#[derive(Debug, Clone)]
pub struct Recovery {
    /// What was done.
    pub what: String,
    /// From then until it was undone, or what failed answered again.
    pub away: Duration,
    /// From then until a comment was acknowledged, by node; none: not in time.
    pub taken: Vec<(usize, Option<Duration>)>,
    /// What else is worth saying.
    pub beside: String,
}

/// Everything that can be done to.
pub struct Stage<'s, 'n> {
    /// The people.
    pub town: &'s Town,
    /// The lines.
    pub network: &'n Network,
    /// The nodes.
    pub nodes: &'s mut Nodes<'n>,
    /// The databases.
    pub servers: &'s mut Servers<'n>,
    /// The newsletter, of which editions are made meanwhile.
    pub newsletter: &'s mut Newsletter,
    /// What is drawn.
    pub chance: Chance,
    /// How long what is cut off stays so.
    pub seconds: Duration,
    /// What came of it.
    pub recoveries: Vec<Recovery>,
}

impl Stage<'_, '_> {
    /// The list.
    pub fn play(&mut self) -> Result<()> {
        self.calm("calm, before", Duration::from_secs(20));
        self.newsletter.make("daily", self.town);
        self.cut_off_from_the_database(0)?;
        self.cut_off_from_everything(1)?;
        self.kill(2)?;
        self.restart_one_by_one()?;
        self.restart_the_database("PostgreSQL restarted, fast", Stop::Fast)?;
        self.restart_the_database("PostgreSQL restarted, immediate", Stop::Immediate)?;
        self.newsletter.make("weekly", self.town);
        self.kill_the_database()?;
        self.fail_over()?;
        self.calm("calm, after", Duration::from_secs(20));
        Ok(())
    }

    fn calm(&self, name: &str, time: Duration) {
        self.town.phase(name);
        std::thread::sleep(time);
    }

    /// What it sends to the database is lost; readers reach it.
    fn cut_off_from_the_database(&mut self, node: usize) -> Result<()> {
        let what = format!("{} cut off from the database", MACHINES[node]);
        let began = self.begin(&what, &[node]);
        self.network.lose(MACHINES[node], self.servers.address())?;
        std::thread::sleep(self.seconds);
        self.network.find(MACHINES[node], self.servers.address())?;
        self.end(&what, &[node], began, String::new());
        Ok(())
    }

    /// Its line is pulled out.
    fn cut_off_from_everything(&mut self, node: usize) -> Result<()> {
        let what = format!("{} cut off from everything", MACHINES[node]);
        let began = self.begin(&what, &[node]);
        self.network.unplug(MACHINES[node])?;
        std::thread::sleep(self.seconds);
        self.network.plug_in(MACHINES[node])?;
        self.end(&what, &[node], began, String::new());
        Ok(())
    }

    fn kill(&mut self, node: usize) -> Result<()> {
        let what = format!("{} killed (SIGKILL)", MACHINES[node]);
        let began = self.begin(&what, &[node]);
        self.nodes.kill(node)?;
        std::thread::sleep(KILLED_FOR);
        self.nodes.begin(node, "serve")?;
        let took = self.nodes.until_ready(node)?;
        self.end(&what, &[node], began, format!("its start took {} ms", took.as_millis()));
        Ok(())
    }

    /// As a new version is put in place: one node after the other, each asked to stop and waited for.
    fn restart_one_by_one(&mut self) -> Result<()> {
        let what = "all nodes restarted, one by one (SIGTERM)";
        self.town.phase(what);
        let (began, mut said) = (Instant::now(), Vec::new());
        for node in ALL {
            self.town.trouble(&[node]);
            let (stop, killed) = self.nodes.stop(node)?;
            if killed {
                self.town.find("a node does not stop", MACHINES[node].to_owned());
            }
            self.nodes.begin(node, "serve")?;
            let start = self.nodes.until_ready(node)?;
            self.town.heal(&[node]);
            said.push(format!("{} + {} ms", stop.as_millis(), start.as_millis()));
            std::thread::sleep(Duration::from_secs(3));
        }
        self.end(what, &ALL, began, format!("stop + start: {}", said.join(", ")));
        Ok(())
    }

    fn restart_the_database(&mut self, what: &str, how: Stop) -> Result<()> {
        let began = self.begin(what, &ALL);
        self.servers.restart(how)?;
        self.after_the_database(what, began)
    }

    fn kill_the_database(&mut self) -> Result<()> {
        let what = format!("PostgreSQL killed (SIGKILL, all of it), away {} s", self.seconds.as_secs());
        let began = self.begin(&what, &ALL);
        self.servers.kill(self.seconds)?;
        self.after_the_database(&what, began)
    }

    fn after_the_database(&mut self, what: &str, began: Instant) -> Result<()> {
        self.servers.until_it_answers("paper")?;
        self.end(what, &ALL, began, String::new());
        self.servers.until_it_is_followed()?;
        Ok(())
    }

    fn fail_over(&mut self) -> Result<()> {
        let what = "PostgreSQL's machine dies, the standby takes its address";
        let began = self.begin(what, &ALL);
        self.servers.fail_over(NOTICED)?;
        self.servers.until_it_answers("paper")?;
        self.end(what, &ALL, began, format!("{} s of it until anybody noticed", NOTICED.as_secs()));
        Ok(())
    }

    fn begin(&self, what: &str, nodes: &[usize]) -> Instant {
        self.town.phase(what);
        self.town.trouble(nodes);
        Instant::now()
    }

    /// The fault is over: until when does it take at each node that was touched?
    fn end(&mut self, what: &str, nodes: &[usize], began: Instant, beside: String) {
        self.town.heal(nodes);
        let away = began.elapsed();
        self.town.phase(&format!("after: {what}"));
        let (start, town) = (Instant::now(), self.town);
        let own: Vec<(usize, Chance)> = nodes.iter().map(|node| (*node, self.chance.own())).collect();
        let taken = std::thread::scope(|scope| {
            let asked: Vec<_> = own
                .into_iter()
                .map(|(node, chance)| (node, scope.spawn(move || until_taken(town, node, chance, PATIENCE))))
                .collect();
            asked.into_iter().map(|(node, asked)| (node, asked.join().ok().flatten())).collect::<Vec<_>>()
        });
        for (node, _) in taken.iter().filter(|(_, taken)| taken.is_none()) {
            town.find("a node did not recover", format!("{}, {what}", MACHINES[*node]));
        }
        self.recoveries.push(Recovery { what: what.to_owned(), away, taken, beside });
        std::thread::sleep(AFTER.saturating_sub(start.elapsed()));
    }
}
