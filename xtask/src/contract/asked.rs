//! What was asked for, and how schemathesis is told.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// The program to be served; none: one that is built now.
    pub program: Option<PathBuf>,
    /// Cases made up for each call, beside those that its description gives away.
    examples: u32,
    /// Goes on making up cases until so many seconds are over, for each description.
    seconds: Option<u32>,
    /// The same seed makes up the same cases.
    pub seed: u64,
}

impl Default for Asked {
    /// What a check asks: little, and the same each time.
    fn default() -> Self {
        Self { program: None, examples: 20, seconds: None, seed: 1 }
    }
}

impl Asked {
    /// Reads the words after the command's name.
    pub fn of(words: &[String]) -> Result<Self> {
        let mut asked = Self::default();
        let mut words = words.iter();
        while let Some(flag) = words.next() {
            let value = words.next().with_context(|| format!("{flag} takes a value"))?;
            let number = || {
                let number = value.parse::<u32>().with_context(|| format!("{flag} takes a number"))?;
                ensure!(number > 0, "{flag} takes 1 or more");
                Ok(number)
            };
            match flag.as_str() {
                "--program" => asked.program = Some(std::path::absolute(value).context("--program")?),
                "--examples" => asked.examples = number()?,
                "--seconds" => asked.seconds = Some(number()?),
                "--seed" => asked.seed = value.parse().context("--seed takes a number")?,
                _ => bail!("contract takes --program PATH, --examples N, --seconds N, --seed N"),
            }
        }
        Ok(asked)
    }

    /// The same for schemathesis: by which settings, about which description, where its report goes.
    pub fn words(&self, config: &str, url: &str, report: &str) -> Vec<String> {
        let (examples, seed) = (self.examples.to_string(), self.seed.to_string());
        let words = ["--config-file", config, "run", url, "--report-json-path", report];
        let numbers = ["--max-examples", &examples, "--seed", &seed];
        let mut words: Vec<String> = words.into_iter().chain(numbers).map(str::to_owned).collect();
        if let Some(seconds) = self.seconds {
            words.extend(["--max-time".to_owned(), seconds.to_string()]);
        }
        words
    }
}
