//! Tables of figures; those that only set a page are taken apart.

use super::flow::{Flow, Maker, squeezed};
use super::words::{Look, Space};
use newsroom::body::{Block, Span};

/// The most columns of a table; what stands further on is joined to the last.
const MOST_COLUMNS: usize = 50;
/// The most rows of one block; a longer table is several.
const MOST_ROWS: usize = 500;

type Cell = Vec<Span>;

impl Maker<'_> {
    pub(super) fn table(&mut self, at: usize, look: &Look, flow: &mut Flow) {
        let tree = self.tree;
        self.flush(flow);
        let parts = self.rows_below(at);
        let cells = |row: usize| tree.inside(row).iter().copied().filter(|one| matches!(tree.name(*one), "td" | "th"));
        let is_page = parts.iter().all(|(row, _)| cells(*row).count() < 2) && parts.len() < 2;
        if is_page {
            return self.lines_of(at, look, flow);
        }
        for caption in tree.inside(at).iter().filter(|one| tree.name(**one) == "caption") {
            self.lines_of(*caption, look, flow);
        }
        let mut header = false;
        let (mut rows, mut others) = (Vec::new(), Vec::new());
        for (place, (row, in_head)) in parts.iter().enumerate() {
            let heads = cells(*row).all(|cell| tree.name(cell) == "th");
            header |= place == 0 && (*in_head || heads);
            let made = self.row(*row, look, &mut others);
            if made.iter().any(|cell| !cell.is_empty()) {
                rows.push(made);
            } else {
                header &= place > 0 || !rows.is_empty();
            }
        }
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(MOST_ROWS));
            flow.blocks.push(Block::Table { header: header && rows.len() > 1, rows: even(rows) });
            (rows, header) = (rest, false);
        }
        flow.blocks.extend(others);
    }

    /// The rows of this table and no inner one, and whether each stands in its head.
    fn rows_below(&self, at: usize) -> Vec<(usize, bool)> {
        let mut rows = Vec::new();
        for one in self.tree.inside(at) {
            match self.tree.name(*one) {
                "tr" => rows.push((*one, false)),
                part @ ("thead" | "tbody" | "tfoot") => {
                    let inner = self.tree.inside(*one).iter().filter(|row| self.tree.name(**row) == "tr");
                    rows.extend(inner.map(|row| (*row, part == "thead")));
                }
                _ => {}
            }
        }
        rows
    }

    fn row(&mut self, at: usize, look: &Look, others: &mut Vec<Block>) -> Vec<Cell> {
        let tree = self.tree;
        let look = Look { space: if look.space == Space::Lines { Space::Lines } else { Space::Folds }, ..look.clone() };
        let mut row: Vec<Cell> = Vec::new();
        for cell in tree.inside(at).iter().filter(|one| matches!(tree.name(**one), "td" | "th")) {
            let (text, rest) = squeezed(self.apart(*cell, &look, true));
            others.extend(rest);
            if row.len() < MOST_COLUMNS {
                row.push(text);
            } else if let Some(last) = row.last_mut() {
                last.push(Span::plain(" "));
                last.extend(text);
            }
            let wide = tree.attribute(*cell, "colspan").and_then(|wide| wide.trim().parse::<usize>().ok()).unwrap_or(1);
            let more = wide.clamp(1, MOST_COLUMNS).saturating_sub(1).min(MOST_COLUMNS.saturating_sub(row.len()));
            row.extend(std::iter::repeat_n(Vec::new(), more));
        }
        row
    }
}

/// Every row as long as the longest.
fn even(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(most, Vec::new()));
    rows
}
