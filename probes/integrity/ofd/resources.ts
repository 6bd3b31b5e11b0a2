import { IntegrityError } from '../shared/integrity-error.ts';
import { child, children, textAt, within, type XmlElement } from '../shared/xml-tree.ts';
import type { OfdPackage } from './package.ts';

/** One thing that pages draw with. */
interface Resource {
  /** The file it needs, as its own part writes it; null without one. */
  file: { part: string; locations: string[] } | null;
  /** Its description, which may use other resources. */
  element: XmlElement;
}

/** Checks that the resources which pages use are there. */
export interface Resources {
  /** Throws `missing_part` for one that is not. `owner` is the page, or the like. */
  mustHave(owner: string, root: XmlElement): void;
}

/** Attributes that name a resource by its id; without a file of its own, or with. */
const REFERENCES = ['Font', 'ResourceID', 'ImageMask', 'DrawParam'] as const;

/**
 * The resources of a document (`PublicRes`, `DocumentRes`), read when a page first uses one: what
 * no page uses may be missing. An id that no resource has draws nothing, or in a default font, in
 * every reader; one whose resource file is missing is a missing part.
 */
export function resourcesOf(ofd: OfdPackage, root: string, document: XmlElement): Resources {
  const common = child(document, 'CommonData');
  const listed = [...children(common, 'PublicRes'), ...children(common, 'DocumentRes')];
  let shared: ResourceFiles | null = null;
  const seen = new Set<Resource>();

  function mustHave(owner: string, page: XmlElement): void {
    const used = usedBy(ofd, page, owner);
    if (used.size === 0) return;
    shared ??= readFiles(ofd, root, listed);
    const own = readFiles(ofd, owner, children(page, 'PageRes'));
    for (const id of used) mustHaveResource(id, own, shared);
  }

  function mustHaveResource(id: string, ...files: ResourceFiles[]): void {
    const resource = files.map((one) => one.resources.get(id)).find((one) => one !== undefined);
    if (resource === undefined) {
      const missing = files.flatMap((one) => one.missing)[0];
      if (missing !== undefined) throw new IntegrityError('missing_part', missing);
      return;
    }
    if (seen.has(resource)) return;
    seen.add(resource);
    mustHaveFile(ofd, resource);
    const part = resource.file?.part ?? root;
    for (const next of usedBy(ofd, resource.element, part)) mustHaveResource(next, ...files);
  }

  return { mustHave };
}

function usedBy(ofd: OfdPackage, element: XmlElement, owner: string): Set<string> {
  const ids = new Set<string>();
  for (const one of within(element)) {
    ofd.work.spend('element', 1, owner);
    for (const name of REFERENCES) {
      const id = one.attributes[name];
      if (id !== undefined) ids.add(id.trim());
    }
  }
  return ids;
}

/** What some resource files hold, and which of them are missing. */
interface ResourceFiles {
  resources: Map<string, Resource>;
  missing: string[];
}

function readFiles(ofd: OfdPackage, from: string, locations: XmlElement[]): ResourceFiles {
  const resources = new Map<string, Resource>();
  const missing: string[] = [];
  for (const { text } of locations) {
    const location = text.trim();
    const part = location === '' ? null : ofd.find(from, location);
    if (part !== null) readResources(ofd, part, resources);
    else if (location !== '') missing.push(location);
  }
  return { resources, missing };
}

function readResources(ofd: OfdPackage, part: string, resources: Map<string, Resource>): void {
  const root = ofd.parse(part);
  const base = root.attributes.BaseLoc?.trim() ?? '';
  for (const element of root.children.flatMap((group) => group.children)) {
    ofd.work.spend('element', 1, part);
    const id = element.attributes.ID?.trim();
    if (id === undefined) continue;
    const file = textAt(element, 'FontFile') ?? textAt(element, 'MediaFile');
    // Relative to the folder that the part names, or, as some writers do, to the part's own.
    const locations = file === null || file === '' ? [] : [`${base}/${file}`, file];
    const written = file?.startsWith('/') || base === '' ? locations.slice(1) : locations;
    resources.set(id, {
      element,
      file: written.length === 0 ? null : { part, locations: written },
    });
  }
}

function mustHaveFile(ofd: OfdPackage, { file }: Resource): void {
  if (file === null) return;
  if (file.locations.some((location) => ofd.find(file.part, location) !== null)) return;
  throw new IntegrityError('missing_part', file.locations.at(-1) ?? file.part);
}
