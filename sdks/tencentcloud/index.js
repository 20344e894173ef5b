"use strict";
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// ../../tencentcloud-sdk-qbR8Pf/compiled/utilities.js
var require_utilities = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/utilities.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.getEnv = getEnv;
    exports2.getEnvBoolean = getEnvBoolean;
    exports2.getEnvNumber = getEnvNumber;
    exports2.getVersion = getVersion;
    exports2.resourceOptsDefaults = resourceOptsDefaults;
    exports2.lazyLoad = lazyLoad;
    exports2.callAsync = callAsync;
    exports2.getPackage = getPackage;
    var runtime = __importStar2(require("@pulumi/pulumi/runtime"));
    function getEnv(...vars) {
      for (const v of vars) {
        const value = process.env[v];
        if (value) {
          return value;
        }
      }
      return void 0;
    }
    function getEnvBoolean(...vars) {
      const s = getEnv(...vars);
      if (s !== void 0) {
        if (["1", "t", "T", "true", "TRUE", "True"].find((v) => v === s) !== void 0) {
          return true;
        }
        if (["0", "f", "F", "false", "FALSE", "False"].find((v) => v === s) !== void 0) {
          return false;
        }
      }
      return void 0;
    }
    function getEnvNumber(...vars) {
      const s = getEnv(...vars);
      if (s !== void 0) {
        const f = parseFloat(s);
        if (!isNaN(f)) {
          return f;
        }
      }
      return void 0;
    }
    function getVersion() {
      let version = require("./package.json").version;
      if (version.indexOf("v") === 0) {
        version = version.slice(1);
      }
      return version;
    }
    function resourceOptsDefaults() {
      return { version: getVersion() };
    }
    function lazyLoad(exports3, props, loadModule) {
      for (let property of props) {
        Object.defineProperty(exports3, property, {
          enumerable: true,
          get: function() {
            return loadModule()[property];
          }
        });
      }
    }
    async function callAsync(tok, props, res, opts) {
      const o = runtime.call(tok, props, res);
      const value = await o.promise(
        true
        /*withUnknowns*/
      );
      const isKnown = await o.isKnown;
      const isSecret = await o.isSecret;
      const problem = !isKnown ? "an unknown value" : isSecret ? "a secret value" : void 0;
      if (problem) {
        throw new Error(`Plain resource method "${tok}" incorrectly returned ${problem}. This is an error in the provider, please report this to the provider developer.`);
      }
      if (opts && opts.property) {
        return value[opts.property];
      }
      return value;
    }
    async function getPackage() {
      return runtime.registerPackage({
        baseProviderName: "terraform-provider",
        baseProviderVersion: "1.1.0",
        baseProviderDownloadUrl: "",
        packageName: "tencentcloud",
        packageVersion: "1.83.25",
        base64Parameter: "eyJyZW1vdGUiOnsidXJsIjoicmVnaXN0cnkub3BlbnRvZnUub3JnL3RlbmNlbnRjbG91ZHN0YWNrL3RlbmNlbnRjbG91ZCIsInZlcnNpb24iOiIxLjgzLjI1In0sImluY2x1ZGVzIjpbInRlbmNlbnRjbG91ZF92cGMiLCJ0ZW5jZW50Y2xvdWRfc3VibmV0IiwidGVuY2VudGNsb3VkX3NlY3VyaXR5X2dyb3VwIiwidGVuY2VudGNsb3VkX3NlY3VyaXR5X2dyb3VwX3J1bGVfc2V0IiwidGVuY2VudGNsb3VkX2tleV9wYWlyIiwidGVuY2VudGNsb3VkX2luc3RhbmNlIiwidGVuY2VudGNsb3VkX2VpcCIsInRlbmNlbnRjbG91ZF9laXBfYXNzb2NpYXRpb24iXX0="
      });
    }
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/eip.js
var require_eip = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/eip.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.Eip = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var Eip = class _Eip extends pulumi2.CustomResource {
      /**
       * Get an existing Eip resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _Eip(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/eip:Eip";
      /**
       * Returns true if the given object is an instance of Eip.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _Eip.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["antiDdosPackageId"] = state?.antiDdosPackageId;
          resourceInputs["anycastZone"] = state?.anycastZone;
          resourceInputs["applicableForClb"] = state?.applicableForClb;
          resourceInputs["autoRenewFlag"] = state?.autoRenewFlag;
          resourceInputs["bandwidthPackageId"] = state?.bandwidthPackageId;
          resourceInputs["cdcId"] = state?.cdcId;
          resourceInputs["egress"] = state?.egress;
          resourceInputs["internetChargeType"] = state?.internetChargeType;
          resourceInputs["internetMaxBandwidthOut"] = state?.internetMaxBandwidthOut;
          resourceInputs["internetServiceProvider"] = state?.internetServiceProvider;
          resourceInputs["name"] = state?.name;
          resourceInputs["prepaidPeriod"] = state?.prepaidPeriod;
          resourceInputs["publicIp"] = state?.publicIp;
          resourceInputs["status"] = state?.status;
          resourceInputs["tags"] = state?.tags;
          resourceInputs["type"] = state?.type;
        } else {
          const args = argsOrState;
          resourceInputs["antiDdosPackageId"] = args?.antiDdosPackageId;
          resourceInputs["anycastZone"] = args?.anycastZone;
          resourceInputs["applicableForClb"] = args?.applicableForClb;
          resourceInputs["autoRenewFlag"] = args?.autoRenewFlag;
          resourceInputs["bandwidthPackageId"] = args?.bandwidthPackageId;
          resourceInputs["cdcId"] = args?.cdcId;
          resourceInputs["egress"] = args?.egress;
          resourceInputs["internetChargeType"] = args?.internetChargeType;
          resourceInputs["internetMaxBandwidthOut"] = args?.internetMaxBandwidthOut;
          resourceInputs["internetServiceProvider"] = args?.internetServiceProvider;
          resourceInputs["name"] = args?.name;
          resourceInputs["prepaidPeriod"] = args?.prepaidPeriod;
          resourceInputs["tags"] = args?.tags;
          resourceInputs["type"] = args?.type;
          resourceInputs["publicIp"] = void 0;
          resourceInputs["status"] = void 0;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        super(_Eip.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.Eip = Eip;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/eipAssociation.js
var require_eipAssociation = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/eipAssociation.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.EipAssociation = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var EipAssociation = class _EipAssociation extends pulumi2.CustomResource {
      /**
       * Get an existing EipAssociation resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _EipAssociation(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/eipAssociation:EipAssociation";
      /**
       * Returns true if the given object is an instance of EipAssociation.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _EipAssociation.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["eipId"] = state?.eipId;
          resourceInputs["instanceId"] = state?.instanceId;
          resourceInputs["networkInterfaceId"] = state?.networkInterfaceId;
          resourceInputs["privateIp"] = state?.privateIp;
        } else {
          const args = argsOrState;
          if (args?.eipId === void 0 && !opts.urn) {
            throw new Error("Missing required property 'eipId'");
          }
          resourceInputs["eipId"] = args?.eipId;
          resourceInputs["instanceId"] = args?.instanceId;
          resourceInputs["networkInterfaceId"] = args?.networkInterfaceId;
          resourceInputs["privateIp"] = args?.privateIp;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        super(_EipAssociation.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.EipAssociation = EipAssociation;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/instance.js
var require_instance = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/instance.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.Instance = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var Instance = class _Instance extends pulumi2.CustomResource {
      /**
       * Get an existing Instance resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _Instance(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/instance:Instance";
      /**
       * Returns true if the given object is an instance of Instance.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _Instance.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["allocatePublicIp"] = state?.allocatePublicIp;
          resourceInputs["antiDdosPackageId"] = state?.antiDdosPackageId;
          resourceInputs["availabilityZone"] = state?.availabilityZone;
          resourceInputs["bandwidthPackageId"] = state?.bandwidthPackageId;
          resourceInputs["camRoleName"] = state?.camRoleName;
          resourceInputs["cdhHostId"] = state?.cdhHostId;
          resourceInputs["cdhInstanceType"] = state?.cdhInstanceType;
          resourceInputs["cpu"] = state?.cpu;
          resourceInputs["cpuTopology"] = state?.cpuTopology;
          resourceInputs["createTime"] = state?.createTime;
          resourceInputs["dataDisks"] = state?.dataDisks;
          resourceInputs["dedicatedClusterId"] = state?.dedicatedClusterId;
          resourceInputs["dedicatedResourcePackIds"] = state?.dedicatedResourcePackIds;
          resourceInputs["dedicatedResourcePackTenancy"] = state?.dedicatedResourcePackTenancy;
          resourceInputs["disableApiTermination"] = state?.disableApiTermination;
          resourceInputs["disableAutomationService"] = state?.disableAutomationService;
          resourceInputs["disableMonitorService"] = state?.disableMonitorService;
          resourceInputs["disableSecurityService"] = state?.disableSecurityService;
          resourceInputs["disasterRecoverGroupIds"] = state?.disasterRecoverGroupIds;
          resourceInputs["forceDelete"] = state?.forceDelete;
          resourceInputs["forceReplacePlacementGroupId"] = state?.forceReplacePlacementGroupId;
          resourceInputs["forceStop"] = state?.forceStop;
          resourceInputs["hostname"] = state?.hostname;
          resourceInputs["hpcClusterId"] = state?.hpcClusterId;
          resourceInputs["imageId"] = state?.imageId;
          resourceInputs["instanceChargeType"] = state?.instanceChargeType;
          resourceInputs["instanceChargeTypePrepaidPeriod"] = state?.instanceChargeTypePrepaidPeriod;
          resourceInputs["instanceChargeTypePrepaidRenewFlag"] = state?.instanceChargeTypePrepaidRenewFlag;
          resourceInputs["instanceName"] = state?.instanceName;
          resourceInputs["instanceStatus"] = state?.instanceStatus;
          resourceInputs["instanceType"] = state?.instanceType;
          resourceInputs["internetChargeType"] = state?.internetChargeType;
          resourceInputs["internetMaxBandwidthOut"] = state?.internetMaxBandwidthOut;
          resourceInputs["ipv4AddressType"] = state?.ipv4AddressType;
          resourceInputs["ipv6AddressCount"] = state?.ipv6AddressCount;
          resourceInputs["ipv6AddressType"] = state?.ipv6AddressType;
          resourceInputs["keepImageLogin"] = state?.keepImageLogin;
          resourceInputs["keyIds"] = state?.keyIds;
          resourceInputs["keyName"] = state?.keyName;
          resourceInputs["launchTemplateId"] = state?.launchTemplateId;
          resourceInputs["launchTemplateVersion"] = state?.launchTemplateVersion;
          resourceInputs["memory"] = state?.memory;
          resourceInputs["orderlySecurityGroups"] = state?.orderlySecurityGroups;
          resourceInputs["osName"] = state?.osName;
          resourceInputs["partitionNumber"] = state?.partitionNumber;
          resourceInputs["password"] = state?.password;
          resourceInputs["placementGroupId"] = state?.placementGroupId;
          resourceInputs["privateIp"] = state?.privateIp;
          resourceInputs["projectId"] = state?.projectId;
          resourceInputs["publicIp"] = state?.publicIp;
          resourceInputs["releaseAddress"] = state?.releaseAddress;
          resourceInputs["runningFlag"] = state?.runningFlag;
          resourceInputs["securityGroups"] = state?.securityGroups;
          resourceInputs["spotInstanceType"] = state?.spotInstanceType;
          resourceInputs["spotMaxPrice"] = state?.spotMaxPrice;
          resourceInputs["stopType"] = state?.stopType;
          resourceInputs["stoppedMode"] = state?.stoppedMode;
          resourceInputs["subnetId"] = state?.subnetId;
          resourceInputs["systemDiskEncrypt"] = state?.systemDiskEncrypt;
          resourceInputs["systemDiskId"] = state?.systemDiskId;
          resourceInputs["systemDiskKmsKeyId"] = state?.systemDiskKmsKeyId;
          resourceInputs["systemDiskName"] = state?.systemDiskName;
          resourceInputs["systemDiskResizeOnline"] = state?.systemDiskResizeOnline;
          resourceInputs["systemDiskSize"] = state?.systemDiskSize;
          resourceInputs["systemDiskType"] = state?.systemDiskType;
          resourceInputs["tags"] = state?.tags;
          resourceInputs["userData"] = state?.userData;
          resourceInputs["userDataRaw"] = state?.userDataRaw;
          resourceInputs["userDataReplaceOnChange"] = state?.userDataReplaceOnChange;
          resourceInputs["uuid"] = state?.uuid;
          resourceInputs["vpcId"] = state?.vpcId;
        } else {
          const args = argsOrState;
          resourceInputs["allocatePublicIp"] = args?.allocatePublicIp;
          resourceInputs["antiDdosPackageId"] = args?.antiDdosPackageId;
          resourceInputs["availabilityZone"] = args?.availabilityZone;
          resourceInputs["bandwidthPackageId"] = args?.bandwidthPackageId;
          resourceInputs["camRoleName"] = args?.camRoleName;
          resourceInputs["cdhHostId"] = args?.cdhHostId;
          resourceInputs["cdhInstanceType"] = args?.cdhInstanceType;
          resourceInputs["cpuTopology"] = args?.cpuTopology;
          resourceInputs["dataDisks"] = args?.dataDisks;
          resourceInputs["dedicatedClusterId"] = args?.dedicatedClusterId;
          resourceInputs["dedicatedResourcePackIds"] = args?.dedicatedResourcePackIds;
          resourceInputs["dedicatedResourcePackTenancy"] = args?.dedicatedResourcePackTenancy;
          resourceInputs["disableApiTermination"] = args?.disableApiTermination;
          resourceInputs["disableAutomationService"] = args?.disableAutomationService;
          resourceInputs["disableMonitorService"] = args?.disableMonitorService;
          resourceInputs["disableSecurityService"] = args?.disableSecurityService;
          resourceInputs["disasterRecoverGroupIds"] = args?.disasterRecoverGroupIds;
          resourceInputs["forceDelete"] = args?.forceDelete;
          resourceInputs["forceReplacePlacementGroupId"] = args?.forceReplacePlacementGroupId;
          resourceInputs["forceStop"] = args?.forceStop;
          resourceInputs["hostname"] = args?.hostname;
          resourceInputs["hpcClusterId"] = args?.hpcClusterId;
          resourceInputs["imageId"] = args?.imageId;
          resourceInputs["instanceChargeType"] = args?.instanceChargeType;
          resourceInputs["instanceChargeTypePrepaidPeriod"] = args?.instanceChargeTypePrepaidPeriod;
          resourceInputs["instanceChargeTypePrepaidRenewFlag"] = args?.instanceChargeTypePrepaidRenewFlag;
          resourceInputs["instanceName"] = args?.instanceName;
          resourceInputs["instanceType"] = args?.instanceType;
          resourceInputs["internetChargeType"] = args?.internetChargeType;
          resourceInputs["internetMaxBandwidthOut"] = args?.internetMaxBandwidthOut;
          resourceInputs["ipv4AddressType"] = args?.ipv4AddressType;
          resourceInputs["ipv6AddressCount"] = args?.ipv6AddressCount;
          resourceInputs["ipv6AddressType"] = args?.ipv6AddressType;
          resourceInputs["keepImageLogin"] = args?.keepImageLogin;
          resourceInputs["keyIds"] = args?.keyIds;
          resourceInputs["keyName"] = args?.keyName;
          resourceInputs["launchTemplateId"] = args?.launchTemplateId;
          resourceInputs["launchTemplateVersion"] = args?.launchTemplateVersion;
          resourceInputs["orderlySecurityGroups"] = args?.orderlySecurityGroups;
          resourceInputs["partitionNumber"] = args?.partitionNumber;
          resourceInputs["password"] = args?.password ? pulumi2.secret(args.password) : void 0;
          resourceInputs["placementGroupId"] = args?.placementGroupId;
          resourceInputs["privateIp"] = args?.privateIp;
          resourceInputs["projectId"] = args?.projectId;
          resourceInputs["releaseAddress"] = args?.releaseAddress;
          resourceInputs["runningFlag"] = args?.runningFlag;
          resourceInputs["securityGroups"] = args?.securityGroups;
          resourceInputs["spotInstanceType"] = args?.spotInstanceType;
          resourceInputs["spotMaxPrice"] = args?.spotMaxPrice;
          resourceInputs["stopType"] = args?.stopType;
          resourceInputs["stoppedMode"] = args?.stoppedMode;
          resourceInputs["subnetId"] = args?.subnetId;
          resourceInputs["systemDiskEncrypt"] = args?.systemDiskEncrypt;
          resourceInputs["systemDiskId"] = args?.systemDiskId;
          resourceInputs["systemDiskKmsKeyId"] = args?.systemDiskKmsKeyId;
          resourceInputs["systemDiskName"] = args?.systemDiskName;
          resourceInputs["systemDiskResizeOnline"] = args?.systemDiskResizeOnline;
          resourceInputs["systemDiskSize"] = args?.systemDiskSize;
          resourceInputs["systemDiskType"] = args?.systemDiskType;
          resourceInputs["tags"] = args?.tags;
          resourceInputs["userData"] = args?.userData;
          resourceInputs["userDataRaw"] = args?.userDataRaw;
          resourceInputs["userDataReplaceOnChange"] = args?.userDataReplaceOnChange;
          resourceInputs["vpcId"] = args?.vpcId;
          resourceInputs["cpu"] = void 0;
          resourceInputs["createTime"] = void 0;
          resourceInputs["instanceStatus"] = void 0;
          resourceInputs["memory"] = void 0;
          resourceInputs["osName"] = void 0;
          resourceInputs["publicIp"] = void 0;
          resourceInputs["uuid"] = void 0;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        const secretOpts = { additionalSecretOutputs: ["password"] };
        opts = pulumi2.mergeOptions(opts, secretOpts);
        super(_Instance.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.Instance = Instance;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/keyPair.js
var require_keyPair = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/keyPair.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.KeyPair = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var KeyPair = class _KeyPair extends pulumi2.CustomResource {
      /**
       * Get an existing KeyPair resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _KeyPair(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/keyPair:KeyPair";
      /**
       * Returns true if the given object is an instance of KeyPair.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _KeyPair.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["createdTime"] = state?.createdTime;
          resourceInputs["forceStop"] = state?.forceStop;
          resourceInputs["keyName"] = state?.keyName;
          resourceInputs["privateKey"] = state?.privateKey;
          resourceInputs["projectId"] = state?.projectId;
          resourceInputs["publicKey"] = state?.publicKey;
          resourceInputs["tags"] = state?.tags;
        } else {
          const args = argsOrState;
          if (args?.keyName === void 0 && !opts.urn) {
            throw new Error("Missing required property 'keyName'");
          }
          resourceInputs["forceStop"] = args?.forceStop;
          resourceInputs["keyName"] = args?.keyName;
          resourceInputs["projectId"] = args?.projectId;
          resourceInputs["publicKey"] = args?.publicKey;
          resourceInputs["tags"] = args?.tags;
          resourceInputs["createdTime"] = void 0;
          resourceInputs["privateKey"] = void 0;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        const secretOpts = { additionalSecretOutputs: ["privateKey"] };
        opts = pulumi2.mergeOptions(opts, secretOpts);
        super(_KeyPair.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.KeyPair = KeyPair;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/provider.js
var require_provider = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/provider.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.Provider = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var Provider = class _Provider extends pulumi2.ProviderResource {
      /** @internal */
      static __pulumiType = "tencentcloud";
      /**
       * Returns true if the given object is an instance of Provider.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === "pulumi:providers:" + _Provider.__pulumiType;
      }
      /**
       * Create a Provider resource with the given unique name, arguments, and options.
       *
       * @param name The _unique_ name of the resource.
       * @param args The arguments to use to populate this resource's properties.
       * @param opts A bag of options that control this resource's behavior.
       */
      constructor(name, args, opts) {
        let resourceInputs = {};
        opts = opts || {};
        {
          resourceInputs["domain"] = args?.domain;
          resourceInputs["protocol"] = args?.protocol;
          resourceInputs["region"] = args?.region;
          resourceInputs["secretId"] = args?.secretId;
          resourceInputs["secretKey"] = args?.secretKey ? pulumi2.secret(args.secretKey) : void 0;
          resourceInputs["securityToken"] = args?.securityToken ? pulumi2.secret(args.securityToken) : void 0;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        const secretOpts = { additionalSecretOutputs: ["secretKey", "securityToken"] };
        opts = pulumi2.mergeOptions(opts, secretOpts);
        super(_Provider.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.Provider = Provider;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/securityGroup.js
var require_securityGroup = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/securityGroup.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.SecurityGroup = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var SecurityGroup = class _SecurityGroup extends pulumi2.CustomResource {
      /**
       * Get an existing SecurityGroup resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _SecurityGroup(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/securityGroup:SecurityGroup";
      /**
       * Returns true if the given object is an instance of SecurityGroup.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _SecurityGroup.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["description"] = state?.description;
          resourceInputs["name"] = state?.name;
          resourceInputs["projectId"] = state?.projectId;
          resourceInputs["tags"] = state?.tags;
        } else {
          const args = argsOrState;
          resourceInputs["description"] = args?.description;
          resourceInputs["name"] = args?.name;
          resourceInputs["projectId"] = args?.projectId;
          resourceInputs["tags"] = args?.tags;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        super(_SecurityGroup.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.SecurityGroup = SecurityGroup;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/securityGroupRuleSet.js
var require_securityGroupRuleSet = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/securityGroupRuleSet.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.SecurityGroupRuleSet = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var SecurityGroupRuleSet = class _SecurityGroupRuleSet extends pulumi2.CustomResource {
      /**
       * Get an existing SecurityGroupRuleSet resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _SecurityGroupRuleSet(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet";
      /**
       * Returns true if the given object is an instance of SecurityGroupRuleSet.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _SecurityGroupRuleSet.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["egresses"] = state?.egresses;
          resourceInputs["ingresses"] = state?.ingresses;
          resourceInputs["securityGroupId"] = state?.securityGroupId;
          resourceInputs["version"] = state?.version;
        } else {
          const args = argsOrState;
          if (args?.securityGroupId === void 0 && !opts.urn) {
            throw new Error("Missing required property 'securityGroupId'");
          }
          resourceInputs["egresses"] = args?.egresses;
          resourceInputs["ingresses"] = args?.ingresses;
          resourceInputs["securityGroupId"] = args?.securityGroupId;
          resourceInputs["version"] = void 0;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        super(_SecurityGroupRuleSet.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.SecurityGroupRuleSet = SecurityGroupRuleSet;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/subnet.js
var require_subnet = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/subnet.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.Subnet = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var Subnet = class _Subnet extends pulumi2.CustomResource {
      /**
       * Get an existing Subnet resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _Subnet(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/subnet:Subnet";
      /**
       * Returns true if the given object is an instance of Subnet.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _Subnet.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["availabilityZone"] = state?.availabilityZone;
          resourceInputs["availableIpCount"] = state?.availableIpCount;
          resourceInputs["cdcId"] = state?.cdcId;
          resourceInputs["cidrBlock"] = state?.cidrBlock;
          resourceInputs["createTime"] = state?.createTime;
          resourceInputs["isDefault"] = state?.isDefault;
          resourceInputs["isMulticast"] = state?.isMulticast;
          resourceInputs["name"] = state?.name;
          resourceInputs["routeTableId"] = state?.routeTableId;
          resourceInputs["tags"] = state?.tags;
          resourceInputs["vpcId"] = state?.vpcId;
        } else {
          const args = argsOrState;
          if (args?.availabilityZone === void 0 && !opts.urn) {
            throw new Error("Missing required property 'availabilityZone'");
          }
          if (args?.cidrBlock === void 0 && !opts.urn) {
            throw new Error("Missing required property 'cidrBlock'");
          }
          if (args?.vpcId === void 0 && !opts.urn) {
            throw new Error("Missing required property 'vpcId'");
          }
          resourceInputs["availabilityZone"] = args?.availabilityZone;
          resourceInputs["cdcId"] = args?.cdcId;
          resourceInputs["cidrBlock"] = args?.cidrBlock;
          resourceInputs["isMulticast"] = args?.isMulticast;
          resourceInputs["name"] = args?.name;
          resourceInputs["routeTableId"] = args?.routeTableId;
          resourceInputs["tags"] = args?.tags;
          resourceInputs["vpcId"] = args?.vpcId;
          resourceInputs["availableIpCount"] = void 0;
          resourceInputs["createTime"] = void 0;
          resourceInputs["isDefault"] = void 0;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        super(_Subnet.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.Subnet = Subnet;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/vpc.js
var require_vpc = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/vpc.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.Vpc = void 0;
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var utilities2 = __importStar2(require_utilities());
    var Vpc = class _Vpc extends pulumi2.CustomResource {
      /**
       * Get an existing Vpc resource's state with the given name, ID, and optional extra
       * properties used to qualify the lookup.
       *
       * @param name The _unique_ name of the resulting resource.
       * @param id The _unique_ provider ID of the resource to lookup.
       * @param state Any extra arguments used during the lookup.
       * @param opts Optional settings to control the behavior of the CustomResource.
       */
      static get(name, id, state, opts) {
        return new _Vpc(name, state, { ...opts, id });
      }
      /** @internal */
      static __pulumiType = "tencentcloud:index/vpc:Vpc";
      /**
       * Returns true if the given object is an instance of Vpc.  This is designed to work even
       * when multiple copies of the Pulumi SDK have been loaded into the same process.
       */
      static isInstance(obj) {
        if (obj === void 0 || obj === null) {
          return false;
        }
        return obj["__pulumiType"] === _Vpc.__pulumiType;
      }
      constructor(name, argsOrState, opts) {
        let resourceInputs = {};
        opts = opts || {};
        if (opts.id) {
          const state = argsOrState;
          resourceInputs["assistantCidrs"] = state?.assistantCidrs;
          resourceInputs["cidrBlock"] = state?.cidrBlock;
          resourceInputs["createTime"] = state?.createTime;
          resourceInputs["defaultRouteTableId"] = state?.defaultRouteTableId;
          resourceInputs["dnsServers"] = state?.dnsServers;
          resourceInputs["enableRouteVpcPublish"] = state?.enableRouteVpcPublish;
          resourceInputs["enableRouteVpcPublishIpv6"] = state?.enableRouteVpcPublishIpv6;
          resourceInputs["isDefault"] = state?.isDefault;
          resourceInputs["isMulticast"] = state?.isMulticast;
          resourceInputs["name"] = state?.name;
          resourceInputs["tags"] = state?.tags;
        } else {
          const args = argsOrState;
          if (args?.cidrBlock === void 0 && !opts.urn) {
            throw new Error("Missing required property 'cidrBlock'");
          }
          resourceInputs["assistantCidrs"] = args?.assistantCidrs;
          resourceInputs["cidrBlock"] = args?.cidrBlock;
          resourceInputs["dnsServers"] = args?.dnsServers;
          resourceInputs["enableRouteVpcPublish"] = args?.enableRouteVpcPublish;
          resourceInputs["enableRouteVpcPublishIpv6"] = args?.enableRouteVpcPublishIpv6;
          resourceInputs["isMulticast"] = args?.isMulticast;
          resourceInputs["name"] = args?.name;
          resourceInputs["tags"] = args?.tags;
          resourceInputs["createTime"] = void 0;
          resourceInputs["defaultRouteTableId"] = void 0;
          resourceInputs["isDefault"] = void 0;
        }
        opts = pulumi2.mergeOptions(utilities2.resourceOptsDefaults(), opts);
        super(_Vpc.__pulumiType, name, resourceInputs, opts, false, utilities2.getPackage());
      }
    };
    exports2.Vpc = Vpc;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/config/vars.js
var require_vars = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/config/vars.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    var pulumi2 = __importStar2(require("@pulumi/pulumi"));
    var __config = new pulumi2.Config("tencentcloud");
    Object.defineProperty(exports2, "domain", {
      get() {
        return __config.get("domain");
      },
      enumerable: true
    });
    Object.defineProperty(exports2, "protocol", {
      get() {
        return __config.get("protocol");
      },
      enumerable: true
    });
    Object.defineProperty(exports2, "region", {
      get() {
        return __config.get("region");
      },
      enumerable: true
    });
    Object.defineProperty(exports2, "secretId", {
      get() {
        return __config.get("secretId");
      },
      enumerable: true
    });
    Object.defineProperty(exports2, "secretKey", {
      get() {
        return __config.get("secretKey");
      },
      enumerable: true
    });
    Object.defineProperty(exports2, "securityToken", {
      get() {
        return __config.get("securityToken");
      },
      enumerable: true
    });
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/config/index.js
var require_config = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/config/index.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __exportStar = exports2 && exports2.__exportStar || function(m, exports3) {
      for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports3, p)) __createBinding2(exports3, m, p);
    };
    Object.defineProperty(exports2, "__esModule", { value: true });
    __exportStar(require_vars(), exports2);
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/types/input.js
var require_input = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/types/input.js"(exports2) {
    "use strict";
    Object.defineProperty(exports2, "__esModule", { value: true });
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/types/output.js
var require_output = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/types/output.js"(exports2) {
    "use strict";
    Object.defineProperty(exports2, "__esModule", { value: true });
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/types/index.js
var require_types = __commonJS({
  "../../tencentcloud-sdk-qbR8Pf/compiled/types/index.js"(exports2) {
    "use strict";
    var __createBinding2 = exports2 && exports2.__createBinding || (Object.create ? (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      var desc = Object.getOwnPropertyDescriptor(m, k);
      if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
        desc = { enumerable: true, get: function() {
          return m[k];
        } };
      }
      Object.defineProperty(o, k2, desc);
    }) : (function(o, m, k, k2) {
      if (k2 === void 0) k2 = k;
      o[k2] = m[k];
    }));
    var __setModuleDefault2 = exports2 && exports2.__setModuleDefault || (Object.create ? (function(o, v) {
      Object.defineProperty(o, "default", { enumerable: true, value: v });
    }) : function(o, v) {
      o["default"] = v;
    });
    var __importStar2 = exports2 && exports2.__importStar || /* @__PURE__ */ (function() {
      var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function(o2) {
          var ar = [];
          for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
          return ar;
        };
        return ownKeys(o);
      };
      return function(mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) {
          for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding2(result, mod, k[i]);
        }
        __setModuleDefault2(result, mod);
        return result;
      };
    })();
    Object.defineProperty(exports2, "__esModule", { value: true });
    exports2.output = exports2.input = void 0;
    var input = __importStar2(require_input());
    exports2.input = input;
    var output = __importStar2(require_output());
    exports2.output = output;
  }
});

// ../../tencentcloud-sdk-qbR8Pf/compiled/index.js
var __createBinding = exports && exports.__createBinding || (Object.create ? (function(o, m, k, k2) {
  if (k2 === void 0) k2 = k;
  var desc = Object.getOwnPropertyDescriptor(m, k);
  if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
    desc = { enumerable: true, get: function() {
      return m[k];
    } };
  }
  Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
  if (k2 === void 0) k2 = k;
  o[k2] = m[k];
}));
var __setModuleDefault = exports && exports.__setModuleDefault || (Object.create ? (function(o, v) {
  Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
  o["default"] = v;
});
var __importStar = exports && exports.__importStar || /* @__PURE__ */ (function() {
  var ownKeys = function(o) {
    ownKeys = Object.getOwnPropertyNames || function(o2) {
      var ar = [];
      for (var k in o2) if (Object.prototype.hasOwnProperty.call(o2, k)) ar[ar.length] = k;
      return ar;
    };
    return ownKeys(o);
  };
  return function(mod) {
    if (mod && mod.__esModule) return mod;
    var result = {};
    if (mod != null) {
      for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
    }
    __setModuleDefault(result, mod);
    return result;
  };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.types = exports.config = exports.Vpc = exports.Subnet = exports.SecurityGroupRuleSet = exports.SecurityGroup = exports.Provider = exports.KeyPair = exports.Instance = exports.EipAssociation = exports.Eip = void 0;
var pulumi = __importStar(require("@pulumi/pulumi"));
var utilities = __importStar(require_utilities());
exports.Eip = null;
utilities.lazyLoad(exports, ["Eip"], () => require_eip());
exports.EipAssociation = null;
utilities.lazyLoad(exports, ["EipAssociation"], () => require_eipAssociation());
exports.Instance = null;
utilities.lazyLoad(exports, ["Instance"], () => require_instance());
exports.KeyPair = null;
utilities.lazyLoad(exports, ["KeyPair"], () => require_keyPair());
exports.Provider = null;
utilities.lazyLoad(exports, ["Provider"], () => require_provider());
exports.SecurityGroup = null;
utilities.lazyLoad(exports, ["SecurityGroup"], () => require_securityGroup());
exports.SecurityGroupRuleSet = null;
utilities.lazyLoad(exports, ["SecurityGroupRuleSet"], () => require_securityGroupRuleSet());
exports.Subnet = null;
utilities.lazyLoad(exports, ["Subnet"], () => require_subnet());
exports.Vpc = null;
utilities.lazyLoad(exports, ["Vpc"], () => require_vpc());
var config = __importStar(require_config());
exports.config = config;
var types = __importStar(require_types());
exports.types = types;
var _module = {
  version: utilities.getVersion(),
  construct: (name, type, urn) => {
    switch (type) {
      case "tencentcloud:index/eip:Eip":
        return new exports.Eip(name, void 0, { urn });
      case "tencentcloud:index/eipAssociation:EipAssociation":
        return new exports.EipAssociation(name, void 0, { urn });
      case "tencentcloud:index/instance:Instance":
        return new exports.Instance(name, void 0, { urn });
      case "tencentcloud:index/keyPair:KeyPair":
        return new exports.KeyPair(name, void 0, { urn });
      case "tencentcloud:index/securityGroup:SecurityGroup":
        return new exports.SecurityGroup(name, void 0, { urn });
      case "tencentcloud:index/securityGroupRuleSet:SecurityGroupRuleSet":
        return new exports.SecurityGroupRuleSet(name, void 0, { urn });
      case "tencentcloud:index/subnet:Subnet":
        return new exports.Subnet(name, void 0, { urn });
      case "tencentcloud:index/vpc:Vpc":
        return new exports.Vpc(name, void 0, { urn });
      default:
        throw new Error(`unknown resource type ${type}`);
    }
  }
};
pulumi.runtime.registerResourceModule("tencentcloud", "index/eip", _module);
pulumi.runtime.registerResourceModule("tencentcloud", "index/eipAssociation", _module);
pulumi.runtime.registerResourceModule("tencentcloud", "index/instance", _module);
pulumi.runtime.registerResourceModule("tencentcloud", "index/keyPair", _module);
pulumi.runtime.registerResourceModule("tencentcloud", "index/securityGroup", _module);
pulumi.runtime.registerResourceModule("tencentcloud", "index/securityGroupRuleSet", _module);
pulumi.runtime.registerResourceModule("tencentcloud", "index/subnet", _module);
pulumi.runtime.registerResourceModule("tencentcloud", "index/vpc", _module);
pulumi.runtime.registerResourcePackage("tencentcloud", {
  version: utilities.getVersion(),
  constructProvider: (name, type, urn) => {
    if (type !== "pulumi:providers:tencentcloud") {
      throw new Error(`unknown provider type ${type}`);
    }
    return new exports.Provider(name, void 0, { urn });
  }
});
