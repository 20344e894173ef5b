module antipode/bench/instruments

go 1.22
