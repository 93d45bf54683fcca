import type { Json } from '../../../json.ts';
import { shapeOf, type ServiceModel, type Shape } from '../model.ts';
import { AwsError } from '../service.ts';

interface Node {
  readonly name: string;
  readonly children: Node[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };

/** Reads an XML body (S3's bucket settings) into the values of the model; what the model does not know is passed over, as S3 does. */
export function decodeXml(model: ServiceModel, reference: Shape, xml: string): Json {
  const root = parse(xml);
  return root && decode(model, reference, root);
}

function decode(model: ServiceModel, reference: Shape, node: Node): Json {
  const shape = shapeOf(model, reference);
  if (shape.type !== 'structure') return shape.type === 'boolean' ? node.text === 'true' : shape.type === 'integer' ? Number(node.text) : node.text;
  const decoded: Record<string, Json> = {};
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const child = node.children.find((candidate) => candidate.name === (member.locationName ?? name));
    if (child) decoded[name] = decode(model, member, child);
  }
  return decoded;
}

function parse(xml: string): Node | undefined {
  const top: Node = { name: '', children: [], text: '' };
  const open: Node[] = [top];
  for (const [, closing, name = '', selfClosed, text] of xml.matchAll(/<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g)) {
    const parent = open.at(-1);
    if (!parent) throw malformed();
    if (text !== undefined) parent.text += text.replace(/&\w+;/g, (entity) => entities[entity] ?? entity).trim();
    else if (closing === '/') open.pop();
    else {
      const node: Node = { name, children: [], text: '' };
      parent.children.push(node);
      if (selfClosed !== '/') open.push(node);
    }
  }
  if (open.length !== 1) throw malformed();
  return top.children[0];
}

function malformed(): AwsError {
  return new AwsError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
}
