// The library asks for the polyfill to be there before it is loaded.
import "reflect-metadata";

export * from "@peculiar/x509";
