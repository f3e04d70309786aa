// Walks the files that belong to the repository, for the checks.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const notOurs = new Set(['node_modules', 'dist', 'build', '.cache', '.git', '.vscode', '.idea', '.DS_Store']);

/**
 * Every file of ours below `root` as { path, text }, path with forward slashes and relative to root; `accept` chooses
 * by path.
 */
export function readFiles(root, accept) {
  if (!existsSync(root)) return [];
  const files = [];
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (notOurs.has(entry.name)) continue;
      const full = join(folder, entry.name);
      if (entry.isDirectory()) visit(full);
      else if (entry.isFile()) {
        const path = relative(root, full).replaceAll('\\', '/');
        if (accept(path)) files.push({ path, text: readFileSync(full, 'utf8') });
      }
    }
  };
  visit(root);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The line number (from 1) of a position in a text. */
export function lineOf(text, index) {
  return text.slice(0, index).split('\n').length;
}
