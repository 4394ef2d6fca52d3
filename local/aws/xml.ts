import { XMLBuilder, XMLParser } from 'fast-xml-parser';

const attribute = '@';

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: attribute,
  suppressEmptyNode: true,
});

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  // Clients write line breaks in keys as numeric entities.
  htmlEntities: true,
});

/** A value in XML: members that are undefined are left out, lists repeat their element. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlValue[]
  | { readonly [name: string]: XmlValue };

/** A document with one root element. */
export function toXml(root: string, content: XmlValue, namespace?: string): string {
  const element = { ...(namespace && { [`${attribute}xmlns`]: namespace }), ...(content as object) };
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, [root]: element });
}

/** An element as it was parsed: its child elements by name. */
export class XmlElement {
  readonly #content: Readonly<Record<string, unknown>>;

  constructor(content: unknown) {
    this.#content =
      typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  }

  /** All child elements of this name. */
  all(name: string): XmlElement[] {
    const found = this.#content[name];
    return found === undefined
      ? []
      : (Array.isArray(found) ? found : [found]).map((child) => new XmlElement(child));
  }

  /** The text of the child of this name; undefined if there is none. */
  text(name: string): string | undefined {
    const found = this.#content[name];
    return typeof found === 'string' ? found : undefined;
  }
}

/** The root element of a document if it has this name; undefined for another, or what is not XML. */
export function parseXml(body: Buffer, root: string): XmlElement | undefined {
  try {
    const document = new XmlElement(parser.parse(body, true));
    return document.all(root)[0];
  } catch {
    return undefined;
  }
}
