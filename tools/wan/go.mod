module antipode/tools/wan

go 1.22
