// Tables: rows of cells of words, without merged cells.
import { TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

const { nodes: n } = schema;

export const emptyTable = (rows = 3, columns = 3) =>
  n.table.create({ header: true }, Array.from({ length: rows }, () => n.row.create(null, Array.from({ length: columns }, () => n.cell.create()))));

/** The table under the cursor: its node and place, and the cell's row and column. */
export function tableAt(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type !== n.table) continue;
    const inCell = $from.depth >= depth + 2;
    return { table: $from.node(depth), pos: $from.before(depth), row: $from.index(depth), column: inCell ? $from.index(depth + 1) : 0 };
  }
  return null;
}

const rowsOf = (table) => Array.from({ length: table.childCount }, (_, at) => table.child(at));
const cellsOf = (row) => Array.from({ length: row.childCount }, (_, at) => row.child(at));

/** The place inside the cell at `row`, `column` of the table at `pos`. */
function inside(table, pos, row, column) {
  let at = pos + 1;
  for (let r = 0; r < row; r++) at += table.child(r).nodeSize;
  at += 1;
  const cells = table.child(row);
  for (let c = 0; c < Math.min(column, cells.childCount - 1); c++) at += cells.child(c).nodeSize;
  return at + 1;
}

function rebuilt(state, dispatch, found, rows, row, column) {
  const tr = state.tr;
  if (!rows.length || !rows[0].length) dispatch(tr.replaceWith(found.pos, found.pos + found.table.nodeSize, n.paragraph.create()).scrollIntoView());
  else {
    const table = n.table.create(found.table.attrs, rows.map((cells) => n.row.create(null, cells)));
    tr.replaceWith(found.pos, found.pos + found.table.nodeSize, table);
    const place = inside(table, found.pos, Math.min(row, rows.length - 1), column);
    dispatch(tr.setSelection(TextSelection.create(tr.doc, place)).scrollIntoView());
  }
  return true;
}

/** `change(rows, row, column)` takes arrays of cells and gives them back with where the cursor goes. */
const changing = (change) => (state, dispatch) => {
  const found = tableAt(state);
  if (!found) return false;
  if (!dispatch) return true;
  const [rows, row, column] = change(rowsOf(found.table).map(cellsOf), found.row, found.column);
  return rebuilt(state, dispatch, found, rows, row, column);
};
const without = (list, at) => list.filter((_, index) => index !== at);
const between = (list, at, entry) => [...list.slice(0, at), entry, ...list.slice(at)];

export const addRow = changing((rows, row, column) => [between(rows, row + 1, rows[row].map(() => n.cell.create())), row + 1, column]);
export const addColumn = changing((rows, row, column) => [rows.map((cells) => between(cells, column + 1, n.cell.create())), row, column + 1]);
export const removeRow = changing((rows, row, column) => [without(rows, row), Math.max(0, row - 1), column]);
export const removeColumn = changing((rows, row, column) => [rows.map((cells) => without(cells, column)), row, Math.max(0, column - 1)]);

export function toggleHeader(state, dispatch) {
  const found = tableAt(state);
  if (!found) return false;
  dispatch?.(state.tr.setNodeMarkup(found.pos, null, { header: !found.table.attrs.header }));
  return true;
}

/** Tab and Shift-Tab go from cell to cell; behind the last one there is a new row. */
export const nextCell = (step) => (state, dispatch) => {
  const found = tableAt(state);
  if (!found) return false;
  const width = found.table.child(found.row).childCount;
  let [row, column] = [found.row, found.column + step];
  if (column >= width) [row, column] = [row + 1, 0];
  if (column < 0) [row, column] = [row - 1, Infinity];
  if (row < 0) return false;
  if (row >= found.table.childCount) {
    // The way out of the table by keyboard: an empty last row is not followed by another.
    if (!found.table.lastChild.textContent) return false;
    if (!dispatch) return true;
    const rows = rowsOf(found.table).map(cellsOf);
    return rebuilt(state, dispatch, found, [...rows, rows[0].map(() => n.cell.create())], row, 0);
  }
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, inside(found.table, found.pos, row, column))).scrollIntoView());
  return true;
};

/** Enter goes down, and adds a row under the last. */
export function cellBelow(state, dispatch) {
  const found = tableAt(state);
  if (!found) return false;
  if (found.row === found.table.childCount - 1) return addRow(state, dispatch);
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, inside(found.table, found.pos, found.row + 1, found.column))).scrollIntoView());
  return true;
}
