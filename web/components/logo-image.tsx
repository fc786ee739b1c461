import { logoAddress } from "../api/company.ts";

interface Props {
  readonly etag: string;
  readonly alt: string;
  readonly className: string;
}

/** The logo of the company as it was uploaded. Never loaded late: it would be missing on paper. */
export function LogoImage({ etag, alt, className }: Props) {
  // biome-ignore lint/performance/noImgElement: `Image` of Next.js would have the server of the pages convert it.
  return <img src={logoAddress(etag)} alt={alt} className={className} />;
}
