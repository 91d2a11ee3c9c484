import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { NativeImage, nativeImage as realNativeImage } from 'electron';
import { guarded, guardedClass } from '../guard.ts';

type Simulated = Pick<
  NativeImage,
  | 'isEmpty'
  | 'setTemplateImage'
  | 'isTemplateImage'
  | 'addRepresentation'
  | 'getSize'
  | 'toPNG'
  | 'toDataURL'
  | 'getScaleFactors'
>;

class HostNativeImage implements Simulated {
  /** The path it was read from; '' for an image made from bytes. */
  readonly hostPath: string;
  readonly #png: Buffer;
  readonly #scales = new Set<number>();
  #template = false;

  constructor(path: string, png: Buffer) {
    this.hostPath = path;
    this.#png = png;
    if (png.length > 0) this.#scales.add(1);
    if (
      basename(path)
        .replace(/\.\w+$/, '')
        .endsWith('Template')
    )
      this.#template = true;
  }

  isEmpty(): boolean {
    return this.#scales.size === 0;
  }
  setTemplateImage(option: boolean): void {
    this.#template = option;
  }
  isTemplateImage(): boolean {
    return this.#template;
  }
  addRepresentation(options: { scaleFactor?: number; buffer?: Buffer; dataURL?: string }): void {
    this.#scales.add(options.scaleFactor ?? 1);
  }
  getScaleFactors(): number[] {
    return [...this.#scales];
  }
  /** Pixels, read from the PNG's header. */
  getSize(): { width: number; height: number } {
    const isPng = this.#png.length > 24 && this.#png.readUInt32BE(12) === 0x49484452;
    return isPng ? { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) } : { width: 0, height: 0 };
  }
  toPNG(): Buffer {
    return Buffer.from(this.#png);
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }
}

guardedClass('nativeImage', HostNativeImage);

const statics: Record<
  keyof Pick<typeof realNativeImage, 'createEmpty' | 'createFromPath' | 'createFromBuffer' | 'createFromDataURL'>,
  unknown
> & {
  createFromPath: (path: string) => HostNativeImage;
} = {
  createEmpty: () => new HostNativeImage('', Buffer.alloc(0)),
  /** Like Electron, an empty image when there is no such file. */
  createFromPath: (path) => new HostNativeImage(path, existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromBuffer: (buffer: Buffer) => new HostNativeImage('', buffer),
  createFromDataURL: (url: string) => new HostNativeImage('', Buffer.from(url.split(',')[1] ?? '', 'base64')),
};

export { HostNativeImage };
export const nativeImage = guarded('nativeImage', statics);
