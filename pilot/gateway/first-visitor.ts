/**
 * A visitor's id whose hash is so low that it gets a candidate at any weight from 1 % on: when this one is answered by a
 * version, no other visitor is answered by a newer one.
 */
export const firstVisitor = "antipode-operator-68900";
