/** The parts of Google's library that tests and scripts use; the library has no types. */
declare module 'google-libphonenumber' {
  interface ShortNumberInfo {
    getSupportedRegions(): string[];
    isEmergencyNumber(number: string, region: string): boolean;
  }
  interface PhoneNumberUtil {
    getExampleNumberForType(region: string, type: number): object | null;
    format(number: object, format: number): string;
  }
  const library: {
    ShortNumberInfo: { getInstance(): ShortNumberInfo };
    PhoneNumberUtil: { getInstance(): PhoneNumberUtil };
    PhoneNumberType: Record<'PREMIUM_RATE' | 'FIXED_LINE' | 'MOBILE' | 'TOLL_FREE', number>;
    PhoneNumberFormat: Record<'E164', number>;
  };
  export default library;
}
