import { askPilot } from "/work/main/cli/region/pilot"; import { wayTo } from "/work/main/cli/region/way";
(async()=>{ for (const e of (await askPilot<any[]>(await wayTo("us",{real:false}),"events")).slice(-14)) console.log(e.time.slice(11,19), e.version, e.phase, e.weight, e.what.slice(0,130)); })()
