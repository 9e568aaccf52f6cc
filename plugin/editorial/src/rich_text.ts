import {type PlainText, PlainTextBuilder} from './text.js';

interface Node {
  type?: unknown;
  text?: unknown;
  children?: unknown;
}

// Nodes inside a line, in Lexical and in Strapi's blocks; every other node with children is a line or paragraph of its own.
const INLINE = new Set(['text', 'link', 'autolink', 'hashtag', 'mark', 'overflow', 'linebreak', 'tab']);

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const childrenOf = (node: Node): Node[] => (Array.isArray(node.children) ? node.children.filter(isNode) : []);

function read(node: Node, path: readonly number[], out: PlainTextBuilder): void {
  if (node.type === 'linebreak') {
    out.breakLine();
    return;
  }
  const isInline = typeof node.type === 'string' && INLINE.has(node.type);
  if (!isInline) out.breakLine();
  if (typeof node.text === 'string') out.add(node.text, path);
  childrenOf(node).forEach((child, index) => read(child, [...path, index], out));
  if (!isInline) out.breakLine();
}

/** Text of Lexical's editor state, `{root: {children: […]}}`, as Payload keeps it. What is no state has no text. */
export function lexicalText(state: unknown): PlainText {
  const out = new PlainTextBuilder();
  const root = isNode(state) ? (state as {root?: unknown}).root : undefined;
  if (isNode(root)) read(root, [], out);
  return out.build();
}

/** Text of Strapi's blocks, `[{type: 'paragraph', children: […]}, …]`. */
export function blocksText(blocks: unknown): PlainText {
  const out = new PlainTextBuilder();
  if (Array.isArray(blocks)) blocks.filter(isNode).forEach((block, index) => read(block, [index], out));
  return out.build();
}
