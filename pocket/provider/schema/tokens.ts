/** What the program uses of each SDK; a stand-in knows no more than this. */
export const tokens = {
    aws: {
        resources: [
            "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/internetGateway:InternetGateway", "aws:ec2/routeTable:RouteTable",
            "aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:ec2/securityGroup:SecurityGroup",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            "aws:ec2/keyPair:KeyPair", "aws:ec2/instance:Instance", "aws:ec2/eip:Eip", "aws:ec2/eipAssociation:EipAssociation",
        ],
        functions: ["aws:ec2/getAmi:getAmi", "aws:index/getAvailabilityZones:getAvailabilityZones", "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering"],
    },
    cloudflare: {
        resources: [
            "cloudflare:index/dnsRecord:DnsRecord", "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor",
            "cloudflare:index/loadBalancerPool:LoadBalancerPool", "cloudflare:index/loadBalancer:LoadBalancer",
        ],
        functions: ["cloudflare:index/getZone:getZone"],
    },
    tls: {
        resources: [
            "tls:index/privateKey:PrivateKey", "tls:index/selfSignedCert:SelfSignedCert", "tls:index/certRequest:CertRequest",
            "tls:index/locallySignedCert:LocallySignedCert",
        ],
        functions: [],
    },
    docker: {
        resources: [
            "docker:index/image:Image", "docker:index/remoteImage:RemoteImage", "docker:index/network:Network", "docker:index/volume:Volume",
            "docker:index/secret:Secret", "docker:index/serviceConfig:ServiceConfig", "docker:index/service:Service",
        ],
        functions: [],
    },
    random: { resources: ["random:index/randomPassword:RandomPassword", "random:index/randomId:RandomId"], functions: [] },
} satisfies Record<string, { resources: string[]; functions: string[] }>;
