import { join } from "node:path";
import type { NextConfig } from "next";

const root = join(import.meta.dirname, "..");
const apiUrl = process.env.API_URL ?? "http://127.0.0.1:8000";

/** docs/decisions/0060-web.md gives the reason for each setting. */
const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: root,
  turbopack: { root },
  outputFileTracingExcludes: { "*": ["node_modules/@img/**", "node_modules/sharp/**"] },
  images: { unoptimized: true },
  poweredByHeader: false,
  // Only for `npm run dev:web`: web/border/ does this for the built pages.
  ...(process.env.NODE_ENV === "development"
    ? { rewrites: async () => [{ source: "/api/:path*", destination: `${apiUrl}/api/:path*` }] }
    : {}),
  reactCompiler: { compilationMode: "annotation" },
  // The types are a step of `npm test`; a start need not wait for them.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  experimental: {
    agentUpgrade: false,
    turbopackChunking: { minChunkSize: 150000 },
    turbopackRustReactCompiler: true,
    staleTimes: { static: 30 },
  },
};

export default config;
