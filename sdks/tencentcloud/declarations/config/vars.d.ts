/**
 * Root domain of the API.
 */
export declare const domain: string | undefined;
/**
 * HTTP or HTTPS.
 */
export declare const protocol: string | undefined;
/**
 * Cloud region, for example ap-shanghai.
 */
export declare const region: string | undefined;
/**
 * API key id.
 */
export declare const secretId: string | undefined;
/**
 * API key.
 */
export declare const secretKey: string | undefined;
/**
 * Token of a temporary key.
 */
export declare const securityToken: string | undefined;
