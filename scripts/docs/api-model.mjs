// The public surface as a model: what the declarations that TypeScript wrote export, with the parsed comments.
// API Extractor makes it. It also finds exported signatures that name types nobody exports, and comments that are not
// TSDoc.
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { ApiModel } from '@microsoft/api-extractor-model';
import { buildFolder, root } from '../build/paths.mjs';

const modelFile = join(buildFolder, 'docs', 'api.json');

/** Messages that are no problem: this package has no stages of release, and setters are documented by their getter. */
const ignored = new Set(['ae-missing-release-tag', 'ae-setter-with-docs']);

const compilerOptions = {
  target: 'es2022',
  lib: ['es2022', 'esnext.disposable'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  // Not the library of browsers, which has an AudioBuffer of its own.
  types: ['node'],
  typeRoots: [join(root, 'node_modules', '@types')],
};

/**
 * Reads the declarations of a folder from its file `entry` on. Returns the exported items, and what API Extractor has
 * to say as `{ file, line, text }`.
 */
export function readApi(folder, entry = 'index.d.ts') {
  const entryFile = join(folder, entry);
  const level = { default: { logLevel: 'warning' } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entryFile,
      compiler: { overrideTsconfig: { compilerOptions, files: [entryFile] } },
      apiReport: { enabled: false },
      docModel: { enabled: true, apiJsonFilePath: modelFile },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: level, compilerMessageReporting: level, tsdocMessageReporting: level },
    },
    packageJsonFullPath: join(root, 'package.json'),
  });
  const messages = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = true;
      if (message.category === 'console' || ignored.has(message.messageId)) return;
      messages.push({
        file: (message.sourceFilePath ?? entry).replaceAll('\\', '/').replace(`${folder}/`, ''),
        line: message.sourceFileLine ?? 1,
        text: message.text,
      });
    },
  });
  const [entryPoint] = new ApiModel().loadPackage(modelFile).entryPoints;
  return { items: entryPoint.members, messages };
}

/** The text of a part of a comment, as Markdown. */
export function textOf(node) {
  if (node === undefined) return '';
  switch (node.kind) {
    case 'PlainText':
      return node.text;
    case 'CodeSpan':
      return `\`${node.code}\``;
    case 'FencedCode':
      return `\n\`\`\`${node.language}\n${node.code.trimEnd()}\n\`\`\`\n`;
    case 'LinkTag':
      return node.linkText ?? node.urlDestination ?? nameOfLink(node);
    case 'SoftBreak':
      return '\n';
    case 'EscapedText':
      return node.decodedText;
    case 'Paragraph':
      return `${node.nodes.map(textOf).join('').trim()}\n\n`;
    default:
      return (node.nodes ?? []).map(textOf).join('');
  }
}

function nameOfLink({ codeDestination }) {
  return (codeDestination?.memberReferences ?? [])
    .map(({ memberIdentifier }) => memberIdentifier?.identifier ?? '')
    .join('.');
}

/** The blocks of a comment that have a tag such as `@example`. */
export function blocksOf(comment, tag) {
  return (comment?.customBlocks ?? []).filter(({ blockTag }) => blockTag.tagName === tag);
}
