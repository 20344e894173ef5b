# Takes the query out of what nginx says of a request: of its line, of the upstream's address and of the referrer.
s/\?[^ ]*( HTTP\/|",|"$)/\1/g
