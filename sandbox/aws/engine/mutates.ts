/**
 * Whether an operation changes something that outlives it. Reads are neither swept by the kill tests nor in CloudTrail's
 * management events; AssumeRole and ReceiveMessage leave nothing that a repeat would not mend.
 */
export function mutates(operation: string): boolean {
  return !/^(Get|List|Describe|BatchGet|Head|Lookup|Filter|Simulate|Receive|Retrieve|AssumeRole|StartQuery|ChangeMessageVisibility)/.test(operation);
}
