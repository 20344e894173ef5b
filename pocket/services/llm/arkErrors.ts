/**
 * Ark's errors by HTTP status and by code (docs 82379/1299023); {model} and {param} are places in the message. Where the
 * document's own words are not known to us, the code says what a client goes by.
 */
const BY_STATUS: Record<number, Record<string, string>> = {
    400: {
        MissingParameter: "The request failed because it is missing `{param}` parameter.",
        InvalidParameter: "The parameter `{param}` specified in the request is not valid.",
        "InvalidEndpoint.ClosedEndpoint": "The endpoint {model} is closed or temporarily unavailable.",
        InvalidArgumentError: "The request contains an invalid argument.",
        "InvalidArgumentError.UnknownRole": "The role of a message is not known.",
        OutofContextError: "Total tokens of image and text exceed max message tokens.",
        SensitiveContentDetected: "The request failed because the input text may contain sensitive information.",
        "SensitiveContentDetected.SevereViolation": "The request failed because the input text may contain sensitive information.",
        "SensitiveContentDetected.Violence": "The request failed because the input text may contain sensitive information.",
        InputTextSensitiveContentDetected: "The request failed because the input text may contain sensitive information.",
        "InputTextSensitiveContentDetected.PolicyViolation": "The request failed because the input text may contain sensitive information.",
        InputTextRiskDetection: "The request failed because the input text may contain sensitive information.",
        OutputTextSensitiveContentDetected: "The request failed because the output text may contain sensitive information.",
        OutputTextRiskDetection: "The request failed because the output text may contain sensitive information.",
        ContentSecurityDetectionError: "The request failed because its content could not be checked.",
    },
    401: {
        AuthenticationError: "the API key or AK/SK in the request is missing or invalid.",
        InvalidAccountStatus: "The request failed because of the status of your account.",
    },
    403: {
        AccountOverdueError: "The request failed because your account has an overdue balance.",
        AccessDenied: "The request failed because you do not have access to the requested resource.",
        "OperationDenied.ServiceNotOpen": "The service is not open.",
        "OperationDenied.ServiceOverdue": "The service is overdue.",
        "OperationDenied.PermissionDenied": "You do not have the permission for this operation.",
        "OperationDenied.InvalidState": "The resource is in a state that does not allow this operation.",
    },
    404: {
        "InvalidEndpointOrModel.NotFound": "The model or endpoint {model} does not exist or you do not have access to it.",
        "InvalidEndpointOrModel.ModelIDAccessDisabled": "The model {model} cannot be called by its id.",
        ModelNotOpen: "Your account has not activated the model {model}.",
        UnsupportedModel: "The model {model} is not supported here.",
    },
    429: {
        "RateLimitExceeded.EndpointRPMExceeded": "The requests per minute (RPM) limit of the endpoint {model} is exceeded.",
        "RateLimitExceeded.EndpointTPMExceeded": "The tokens per minute (TPM) limit of the endpoint {model} is exceeded.",
        ModelAccountRpmRateLimitExceeded: "The requests per minute (RPM) limit of your account for the model {model} is exceeded.",
        ModelAccountTpmRateLimitExceeded: "The tokens per minute (TPM) limit of your account for the model {model} is exceeded.",
        APIAccountRpmRateLimitExceeded: "The requests per minute (RPM) limit of your account for this API is exceeded.",
        AccountRateLimitExceeded: "The rate limit of your account is exceeded.",
        RequestBurstTooFast: "The number of requests rises too fast.",
        InflightBatchsizeExceeded: "Too many requests are in flight.",
        ServerOverloaded: "The service is currently unable to handle additional requests due to server overload.",
        QuotaExceeded: "Your account has exhausted its free quota.",
        SetLimitExceeded: "Your account has reached the set usage limit for the {model} model, and the model service has been paused.",
        AccountQuotaExceeded: "You have exceeded the usage quota.",
    },
    500: { InternalServiceError: "The service encountered an unexpected internal error." },
};

const TYPES: Record<number, string> = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    429: "TooManyRequests",
    500: "InternalServerError",
};

export interface ArkError { status: number; type: string; message: string }

export const arkErrors: ReadonlyMap<string, ArkError> = new Map(
    Object.entries(BY_STATUS).flatMap(([status, messages]) =>
        Object.entries(messages).map(([code, message]) => [code, { status: Number(status), type: code === "InvalidAccountStatus" ? "Forbidden" : TYPES[Number(status)]!, message }] as const)),
);
