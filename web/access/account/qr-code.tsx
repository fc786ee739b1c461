import { QRCodeSVG } from "qrcode.react";

interface Props {
  readonly value: string;
  readonly label: string;
}

/** A picture for the camera of a phone: dark on light in either theme, or it could not be read. */
export function QrCode({ value, label }: Props) {
  return (
    <span className="w-fit rounded-md bg-white p-3">
      <QRCodeSVG value={value} size={176} title={label} role="img" aria-label={label} />
    </span>
  );
}
