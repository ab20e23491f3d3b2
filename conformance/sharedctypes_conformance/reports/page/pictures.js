// Pictures, each of which is a table that says the same: to draw it is left to the style sheet.

// How a lock was used: a lane for each actor, a bar for each operation, time runs downwards.
function pictureOfHistory(one) {
  const actors = one.lanes.actors.map(text);
  const { rows } = one.lanes;
  const judged = rows.filter((row) => row.at(-1));
  const last = judged.at(-1);
  const together = new Set(judged.map((row) => row[2])).size > 1;
  const body = rows.map((row) => {
    const [lane, what, code, , , , isJudged] = row;
    const said = [element('span', { class: 'number' }, `${lane + 1}`), ' ', element('code', {}, text(code))];
    if (what !== 'whole') said.push(element('span', { class: 'quiet' }, ` ${what}`));
    if (isJudged && what !== 'begins') {
      said.push(' ', element('strong', {}, together ? '✗ no order explains these' : '✗ not allowed'));
    }
    if (row === last && one.message !== undefined) {
      said.push(element('div', { class: 'why' }, text(one.message).split('\n')[0]));
    }
    return element('tr', isJudged ? { class: 'judged' } : {},
      ...actors.map((_, number) => laneOf(row, number)), element('td', { class: 'did' }, ...said));
  });
  const head = element('tr', {},
    ...actors.map((name, number) => element('th', { scope: 'col', class: 'lane' },
      element('span', { class: 'number', 'aria-hidden': 'true' }, `${number + 1}`), element('span', { class: 'unseen' }, name))),
    element('th', { scope: 'col' }, 'what was done'));
  const key = element('p', { class: 'lanes-key' },
    ...actors.flatMap((name, number) => [element('span', {}, element('span', { class: 'number' }, `${number + 1}`), ` ${name}`), ' ']),
    element('span', {}, element('span', { class: 'sample' }, bar('whole')), ' an operation'), ' ',
    element('span', {}, element('span', { class: 'sample holds-before holds-after' }), ' holds the lock'));
  const title = 'How the lock was used';
  return element('figure', {},
    element('figcaption', {}, `${title}: all that is named here is that lock, or what it guards. Time runs downwards.`),
    key,
    scrolled(title, element('table', { class: 'lanes' }, element('caption', { class: 'unseen' }, title),
      element('thead', {}, head), element('tbody', {}, ...body))));
}

function bar(what) {
  return element('span', { class: `bar ${what.replaceAll(' ', '-')}` });
}

// What a lane shows in a row: what its actor does, and whether it holds the lock.
function laneOf([lane, what, , lasting, before, after], number) {
  const classes = ['lane'];
  const said = [];
  if (before.includes(number)) classes.push('holds-before');
  if (after.includes(number)) classes.push('holds-after');
  const acts = lane === number;
  if (acts) said.push(what === 'whole' ? 'acts' : what);
  if (lasting.includes(number)) said.push('goes on');
  if (before.includes(number) && after.includes(number)) said.push('holds the lock');
  else if (after.includes(number)) said.push('then holds the lock');
  else if (before.includes(number)) said.push('held the lock until now');
  const shown = acts || lasting.includes(number) ? [bar(acts ? what : 'lasts')] : [];
  return element('td', { class: classes.join(' ') }, ...shown, element('span', { class: 'unseen' }, said.join(', ')));
}

// The clauses of an area that have a row and a column, as a picture: a mark for each start method,
// or one where they are alike, which leads to the clause. What comes after a comma in the names of
// columns is said once, above a table of its own, which is not wider than a phone.
function pictureOf(matrix, cells) {
  const { title } = report.columns[matrix.column];
  const found = new Map();
  for (const clause of report.clauses) {
    if (clause.area === matrix.area && clause.row) found.set(`${clause.row}\n${clause.column}`, clause);
  }
  const methods = cells.filter(([column]) => column === matrix.column).map(([, method]) => method)
    .filter((method) => [...found.values()].some((clause) => clause.cells[matrix.column][method] !== '.'));
  const groups = new Map();
  matrix.columns.forEach((name, number) => {
    const [kind, ...when] = name.split(', ');
    const group = when.join(', ');
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push({ name, kind, number });
  });
  const tables = [...groups].map(([when, columns]) => {
    const rows = matrix.rows.filter(([, said]) => columns.some(({ number }) => said[number]));
    return matrixOf(matrix, when ? `${matrix.title}, ${when}` : matrix.title, columns, rows.map(([row, said]) => [
      row, columns.map(({ name, number }) => cellOf(found.get(`${row}\n${name}`), matrix, methods, said[number])),
    ]));
  });
  const summary = element('summary', {}, `As a picture: ${title}`);
  const names = methods.map((method) => report.methods[method]).join(', ');
  const details = folded({ class: 'picture' }, summary, () => [
    element('p', { class: 'quiet' }, `Each mark leads to its clause. Where start methods differ, there is one for each: ${names}.`),
    element('div', { class: 'matrices' }, ...tables)]);
  details.unfold();
  return details;
}

function matrixOf(matrix, label, columns, rows) {
  const head = element('tr', {}, element('td'), ...columns.map(({ kind }) => element('th', { scope: 'col' }, kind)));
  return scrolled(`${label}: ${report.columns[matrix.column].title}`, element('table', { class: 'matrix' },
    element('caption', {}, label), element('thead', {}, head),
    element('tbody', {}, ...rows.map(([name, made]) => element('tr', {}, element('th', { scope: 'row' }, name), ...made)))));
}

function cellOf(clause, matrix, methods, said) {
  if (clause === undefined) return element('td', { class: kindIn(said) }, said || element('span', { class: 'quiet' }, 'none'));
  const cells = methods.map((method) => [wordOf(clause, matrix.column, method), method]);
  const alike = new Set(cells.map(([{ word }]) => word)).size === 1;
  const sentence = alike ? cells[0][0].word : cells.map(([{ word }, method]) => `${report.methods[method]}: ${word}`).join(', ');
  const marks = alike ? [mark(cells[0][0])] : cells.map(([word]) => mark(word));
  return element('td', { class: alike ? cells[0][0].kind : '' },
    element('a', { href: `#${new URLSearchParams({ clause: clause.id })}`, title: `${clause.id}: ${sentence}` },
      ...marks, element('span', { class: 'unseen' }, sentence)));
}

// The kind of a text in a picture, which may have start methods behind the verdict.
function kindIn(said) {
  const matching = words.filter(({ word }) => said.startsWith(word));
  return matching.sort((one, other) => other.word.length - one.word.length)[0]?.kind ?? 'none';
}
