import type { FastifyHelmetOptions } from "@fastify/helmet";

const SELF = ["'self'"];
const NONE = ["'none'"];

const PAGE_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: NONE,
    scriptSrc: SELF,
    styleSrc: SELF,
    // Pictures that the visitor chose are shown from memory.
    imgSrc: [...SELF, "blob:"],
    connectSrc: SELF,
    formAction: SELF,
    baseUri: NONE,
    frameAncestors: NONE,
  },
};

/** The dashboard sets styles from its scripts and names its own base; its fonts stay unfetched. */
export const DASHBOARD_POLICY = {
  useDefaults: false,
  directives: {
    ...PAGE_POLICY.directives,
    styleSrc: [...SELF, "'unsafe-inline'"],
    imgSrc: [...SELF, "data:"],
    fontSrc: SELF,
    baseUri: SELF,
  },
};

export const SECURITY_HEADERS: FastifyHelmetOptions = {
  contentSecurityPolicy: PAGE_POLICY,
  // With no-referrer a browser sends our own forms with the origin "null".
  referrerPolicy: { policy: "same-origin" },
  xFrameOptions: { action: "deny" },
  // For whoever serves this by TLS to say; on localhost it would bind other projects, too.
  strictTransportSecurity: false,
};
